#include <signal.h>
#include <stdio.h>

int main(void) {
    raise(SIGSTOP);
    puts("went on");
}
