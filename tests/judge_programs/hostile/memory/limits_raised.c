#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

int main(void) {
    struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    int kinds[] = {RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_RSS, RLIMIT_MEMLOCK, RLIMIT_FSIZE, RLIMIT_NPROC, RLIMIT_CPU};
    for (int i = 0; i < 8; i++) {
        setrlimit(kinds[i], &most);
        struct rlimit now;
        if (getrlimit(kinds[i], &now) == 0) {
            now.rlim_cur = now.rlim_max;
            setrlimit(kinds[i], &now);
        }
    }
    char *all = malloc(600L << 20);
    if (!all) {
        puts("refused");
        return 0;
    }
    memset(all, 1, 600L << 20);
    puts("600 MB");
}
