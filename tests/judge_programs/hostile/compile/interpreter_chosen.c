// The loader that starts the program is named by the program.
#include <stdio.h>

const char interp[] __attribute__((section(".interp"))) = "/bin/sh";

int main(void) {
    puts("refused");
    return 0;
}
