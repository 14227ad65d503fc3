#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

int main(void) {
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGKILL};
    event.sigev_notify_thread_id = getppid();
    puts(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 ? "armed" : "refused");
}
