#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>

int main(void) {
    const char *paths[] = {"/proc/1/ns/mnt", "/proc/1/ns/net", "/proc/1/ns/pid", "/proc/self/ns/user"};
    int got = 0;
    for (int i = 0; i < 4; i++) {
        int file = open(paths[i], O_RDONLY);
        got |= setns(file, 0) == 0;
    }
    puts(got ? "entered" : "refused");
}
