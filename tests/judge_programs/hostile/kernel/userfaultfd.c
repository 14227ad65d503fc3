#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int got = syscall(SYS_userfaultfd, O_CLOEXEC) >= 0;
    got |= syscall(SYS_userfaultfd, O_CLOEXEC | 1) >= 0;
    puts(got ? "got a descriptor" : "refused");
}
