#include <stdlib.h>
#include <string.h>

int main() {
    for (;;) {
        char *piece = malloc(1 << 20);
        memset(piece, 7, 1 << 20);
    }
}
