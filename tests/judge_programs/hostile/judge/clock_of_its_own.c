// Burns in many short-lived threads, each too short for a sampler.
#include <pthread.h>
#include <stdio.h>

static void *burn(void *unused) {
    for (volatile int i = 0; i < 200000; i++) {
    }
    return NULL;
}

int main(void) {
    for (;;) {
        pthread_t threads[2];
        for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, burn, NULL);
        for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    }
}
