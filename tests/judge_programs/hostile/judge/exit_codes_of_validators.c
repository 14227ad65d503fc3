// 42 and 43 are what an output validator answers with.
int main(void) { return 42; }
