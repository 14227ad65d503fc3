#define _DEFAULT_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 600; i++) {
        char *piece = sbrk(1 << 20);
        if (piece == (void *)-1) {
            puts("refused");
            return 0;
        }
        memset(piece, 1, 1 << 20);
    }
    puts("600 MB");
}
