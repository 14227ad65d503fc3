// Threads are allowed; a thread that takes a namespace of its own is not.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

static char stack[1 << 16];
static int child(void *unused) { for (;;) pause(); }

int main(void) {
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    int kinds[] = {CLONE_NEWNET, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWCGROUP};
    int got = 0;
    for (int i = 0; i < 4; i++) got |= clone(child, stack + sizeof stack, flags | kinds[i], NULL) > 0;
    puts(got ? "cloned" : "refused");
}
