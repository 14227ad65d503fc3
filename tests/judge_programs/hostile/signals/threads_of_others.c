#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int got = syscall(SYS_tgkill, getppid(), getppid(), 0) == 0;
    got |= syscall(SYS_tkill, getppid(), 0) == 0;
    got |= syscall(SYS_tkill, 1, 0) == 0;
    siginfo_t info = {.si_code = SI_QUEUE};
    got |= syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &info) == 0;
    puts(got ? "signalled" : "refused");
}
