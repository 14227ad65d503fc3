#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int results[20];

static void *work(void *place) {
    usleep(10000);
    *(int *)place = 1;
    return NULL;
}

int main(void) {
    pthread_t threads[20];
    int sum = 0;
    for (int i = 0; i < 20; i++)
        if (pthread_create(&threads[i], NULL, work, &results[i])) return 1;
    for (int i = 0; i < 20; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < 20; i++) sum += results[i];
    printf("%d\n", sum);
}
