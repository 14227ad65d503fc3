#include <stdio.h>
#include <sys/mount.h>

int main(void) {
    int got = mount("none", "/tmp", "tmpfs", 0, NULL) == 0;
    got |= mount("proc", "/proc", "proc", 0, NULL) == 0;
    got |= mount("/", "/tmp", NULL, MS_BIND, NULL) == 0;
    got |= mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0;
    puts(got ? "mounted" : "refused");
}
