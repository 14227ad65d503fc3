// A process that shares everything but is no thread of ours.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static char stack[1 << 16];
static int child(void *unused) { for (;;) pause(); }

int main(void) {
    int flags = CLONE_VM | CLONE_FILES | CLONE_FS | CLONE_SIGHAND | SIGCHLD;
    puts(clone(child, stack + sizeof stack, flags, NULL) > 0 ? "forked" : "refused");
}
