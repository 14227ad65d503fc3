// Each small, all together large.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static char piece[4 << 20];

int main(void) {
    int made = 0;
    for (int i = 0; i < 150; i++) {
        int file = memfd_create("dars", 0);
        if (file < 0 || write(file, piece, sizeof piece) != sizeof piece) break;
        made++;
    }
    puts(made == 150 ? "600 MB" : "refused");
}
