#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static char stack[1 << 16];
static int child(void *unused) { return 0; }

int main(void) {
    int got = clone(child, stack + sizeof stack, CLONE_NEWUSER | SIGCHLD, NULL) > 0;
    got |= clone(child, stack + sizeof stack, CLONE_NEWUSER | CLONE_NEWPID | SIGCHLD, NULL) > 0;
    puts(got ? "cloned" : "refused");
}
