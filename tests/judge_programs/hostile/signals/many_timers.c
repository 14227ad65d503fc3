#include <signal.h>
#include <stdio.h>
#include <time.h>

int main(void) {
    int made = 0;
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_NONE};
    while (made < 100000 && timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) made++;
    puts(made == 100000 ? "100000 timers" : "refused");
}
