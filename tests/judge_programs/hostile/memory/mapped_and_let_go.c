// Shared pages that are written, unmapped and stay in memory as long as the file is open.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    char name[] = "mapXXXXXX";
    int file = mkstemp(name);
    if (file < 0 || ftruncate(file, 600L << 20)) {
        puts("refused");
        return 0;
    }
    unlink(name);
    for (long i = 0; i < 600; i++) {
        char *piece = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, file, i << 20);
        if (piece == MAP_FAILED) {
            puts("refused");
            return 0;
        }
        memset(piece, 1, 1 << 20);
        munmap(piece, 1 << 20);
    }
    puts("600 MB");
}
