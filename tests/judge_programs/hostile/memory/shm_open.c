#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    int file = shm_open("/dars-left-by-a-program", O_CREAT | O_RDWR, 0600);
    if (file < 0 || ftruncate(file, 600L << 20)) {
        puts("refused");
        return 0;
    }
    char *all = mmap(NULL, 600L << 20, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (all == MAP_FAILED) {
        puts("refused");
        return 0;
    }
    memset(all, 1, 600L << 20);
    puts("600 MB");
}
