#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *fill(void *unused) {
    volatile char room[7 << 20];
    memset((void *)room, 1, sizeof room);
    pause();
    return NULL;
}

int main(void) {
    pthread_t thread;
    int born = 0;
    while (born < 90 && pthread_create(&thread, NULL, fill, NULL) == 0) born++;
    sleep(1);
    puts(born == 90 ? "600 MB of stacks" : "refused");
    fflush(stdout);
    _exit(0);
}
