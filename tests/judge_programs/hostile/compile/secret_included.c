#include "@secret@"

int main(void) { return 0; }
