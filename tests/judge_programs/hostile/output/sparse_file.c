#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    int file = open("sparse", O_CREAT | O_RDWR, 0600);
    int made = ftruncate(file, 1L << 40) == 0;
    made |= fallocate(file, 0, 0, 1L << 30) == 0;
    made |= pwrite(file, "x", 1, 1L << 42) == 1;
    puts(made ? "a terabyte" : "refused");
}
