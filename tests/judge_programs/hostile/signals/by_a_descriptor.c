#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int parent = syscall(SYS_pidfd_open, getppid(), 0);
    int got = parent >= 0 && syscall(SYS_pidfd_send_signal, parent, 0, NULL, 0) == 0;
    puts(parent >= 0 || got ? "signalled" : "refused");
}
