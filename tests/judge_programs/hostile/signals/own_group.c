#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    signal(SIGUSR1, SIG_IGN);
    int first = kill(0, SIGUSR1) == 0;
    puts(first && getpgrp() != getpid() && getpgrp() != 0 ? "signalled a group of others" : "refused");
}
