// Without the cover, what lies underneath is seen.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mount.h>

int main(void) {
    const char *paths[] = {"/proc", "/tmp", "/dev", "/dev/shm", "/usr", "/"};
    int got = 0;
    for (int i = 0; i < 6; i++) got |= umount2(paths[i], MNT_DETACH) == 0;
    puts(got ? "unmounted" : "refused");
}
