#include <stdio.h>
#include <unistd.h>

__attribute__((constructor)) static void before(void) {
    if (fork() > 0) puts("forked");
}

int main(void) { puts("refused"); }
