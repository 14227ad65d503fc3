// Each new image may hope for a new clock.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int count, char **args) {
    for (volatile long i = 0; i < 30000000; i++) {
    }
    int file = open("/proc/self/exe", O_RDONLY);
    syscall(SYS_execveat, file, "", args, NULL, AT_EMPTY_PATH);
    execv("/proc/self/exe", args);
    puts("refused");
}
