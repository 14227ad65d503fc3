#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void) {
    int done = setuid(0) == 0 && getuid() == 0 && prctl(PR_CAPBSET_READ, 21, 0, 0, 0) == 1;
    done |= setgid(0) == 0 && prctl(PR_CAPBSET_READ, 21, 0, 0, 0) == 1;
    puts(done ? "became root" : "refused");
}
