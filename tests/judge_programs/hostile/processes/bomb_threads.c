#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *wait(void *unused) { pause(); return NULL; }

int main(void) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 1 << 14);
    int born = 0;
    while (born < 5000 && pthread_create(&thread, &small, wait, NULL) == 0) born++;
    puts(born == 5000 ? "5000 threads" : "refused");
    fflush(stdout);
    _exit(0);
}
