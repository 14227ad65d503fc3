// prlimit sets the limits of other processes too.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    struct rlimit old, none = {0, 0};
    int got = prlimit(getppid(), RLIMIT_FSIZE, NULL, &old) == 0;
    got |= prlimit(getppid(), RLIMIT_FSIZE, &none, NULL) == 0;
    got |= prlimit(1, RLIMIT_CPU, &none, NULL) == 0;
    puts(got ? "changed the parent's limits" : "refused");
}
