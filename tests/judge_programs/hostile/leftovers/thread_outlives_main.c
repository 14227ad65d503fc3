// The main thread ends, the program does not.
#include <pthread.h>
#include <unistd.h>

static void *stay(void *unused) { for (;;) pause(); }

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, stay, NULL);
    pthread_exit(NULL);
}
