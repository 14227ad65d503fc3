#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **args) {
    char path[4096] = "";
    puts("refused");
    fflush(stdout);
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    const char *paths[] = {size > 0 ? path : args[0], args[0]};
    for (int i = 0; i < 2; i++) {
        chmod(paths[i], 0700);
        unlink(paths[i]);
        int file = open(paths[i], O_CREAT | O_WRONLY | O_TRUNC, 0700);
        if (file >= 0) {
            write(file, "#!/bin/sh\necho overwritten\n", 27);
            close(file);
        }
    }
    int self = open("/proc/self/exe", O_RDWR);
    if (self >= 0) ftruncate(self, 0);
}
