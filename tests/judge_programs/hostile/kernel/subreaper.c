// Whoever adopts orphans could keep them.
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    prctl(PR_SET_PTRACER, -1, 0, 0, 0);
    prctl(PR_SET_NAME, "pytest", 0, 0, 0);
    puts(fork() > 0 ? "forked" : "refused");
}
