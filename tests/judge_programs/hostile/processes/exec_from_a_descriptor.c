#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const char *shells[] = {"/bin/sh", "/bin/bash", "/bin/echo", "/usr/bin/python3"};
    char *args[] = {"echo", "-c", "print('got in')", NULL};
    for (int i = 0; i < 4; i++) {
        int file = open(shells[i], O_RDONLY);
        if (file >= 0) syscall(SYS_execveat, file, "", args, NULL, AT_EMPTY_PATH);
    }
    puts("refused");
}
