// Doubles for two seconds.
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    time_t end = time(NULL) + 2;
    int born = 0;
    while (time(NULL) < end)
        if (fork() > 0) born++;
    puts(born ? "forked" : "refused");
}
