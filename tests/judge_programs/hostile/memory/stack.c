// A stack without end, raised beforehand.
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static int deep(int n) {
    volatile char room[1 << 16];
    memset((void *)room, n, sizeof room);
    return n == 0 ? room[5] : deep(n - 1) + room[9];
}

int main(void) {
    struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_STACK, &most);
    deep(9600);
    puts("600 MB");
}
