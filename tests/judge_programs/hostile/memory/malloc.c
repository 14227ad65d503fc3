#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    for (int i = 0; i < 600; i++) {
        char *piece = malloc(1 << 20);
        if (!piece) {
            puts("refused");
            return 0;
        }
        memset(piece, 1, 1 << 20);
    }
    puts("600 MB");
}
