// One that allows everything cannot undo the first.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog program = {1, allow};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    puts(fork() > 0 ? "forked" : "refused");
}
