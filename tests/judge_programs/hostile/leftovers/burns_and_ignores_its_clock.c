#include <signal.h>

int main(void) {
    signal(SIGXCPU, SIG_IGN);
    signal(SIGALRM, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGVTALRM, SIG_IGN);
    for (volatile long i = 0;; i++) {
    }
}
