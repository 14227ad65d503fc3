// The reader of the output waits for its end, which a sleeping child holds back.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    pid_t child = fork();
    if (child == 0) {
        sleep(60);
        _exit(0);
    }
    puts(child > 0 ? "child left" : "refused");
}
