#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main() {
    for (int i = 0; i < 600; i++) {
        char *piece = malloc(1 << 20);
        if (piece == NULL) {
            puts("no more memory");
            return 0;
        }
        memset(piece, i, 1 << 20);
    }
    puts("600 MB");
    return 0;
}
