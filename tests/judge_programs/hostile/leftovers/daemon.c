#define _DEFAULT_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
    if (daemon(0, 1) != 0) {
        puts("refused");
        return 0;
    }
    puts("daemon left");
    fflush(stdout);
    sleep(60);
}
