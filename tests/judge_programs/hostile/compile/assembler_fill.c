__asm__(".data\n.fill 8000000000, 1, 7\n.text");

int main(void) { return 0; }
