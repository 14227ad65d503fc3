// To what it is already, in case it works.
#include <stdio.h>
#include <sys/time.h>
#include <time.h>

int main(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    puts(clock_settime(CLOCK_REALTIME, &now) == 0 ? "set the clock" : "refused");
}
