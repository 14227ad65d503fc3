#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
    for (int i = 0; i < 600; i++) {
        char *piece = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (piece == MAP_FAILED) {
            puts("refused");
            return 0;
        }
        memset(piece, 1, 1 << 20);
    }
    puts("600 MB");
}
