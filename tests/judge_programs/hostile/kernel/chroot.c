#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int got = chroot("/tmp") == 0;
    got |= syscall(SYS_pivot_root, ".", ".") == 0;
    puts(got ? "changed the root" : "refused");
}
