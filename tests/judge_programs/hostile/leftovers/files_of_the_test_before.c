#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    const char *paths[] = {"left.bin", "/tmp/left.bin", "/dev/shm/left.bin", "../left.bin", "/left.bin"};
    int found = 0;
    for (int i = 0; i < 5; i++)
        if (access(paths[i], F_OK) == 0) found = 1;
    for (int i = 0; i < 5; i++) close(open(paths[i], O_CREAT | O_WRONLY, 0600));
    puts(found ? "found a file" : "refused");
}
