// A timer at every nanosecond.
#include <signal.h>
#include <stdio.h>
#include <time.h>

static void nothing(int number) {}

int main(void) {
    signal(SIGALRM, nothing);
    timer_t timer;
    timer_create(CLOCK_MONOTONIC, NULL, &timer);
    struct itimerspec often = {{0, 1}, {0, 1}};
    timer_settime(timer, 0, &often, NULL);
    for (;;) {
    }
}
