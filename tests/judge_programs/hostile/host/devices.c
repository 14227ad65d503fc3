#include <fcntl.h>
#include <stdio.h>

int main(void) {
    const char *paths[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/dev/sda", "/dev/vda", "/dev/nvme0n1",
        "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/kmsg", "/dev/loop-control", "/dev/loop0", "/dev/ptmx",
        "/dev/console", "/dev/tty0", "/dev/tty1", "/dev/vsock", "/dev/uinput", "/dev/rtc0", "/dev/watchdog",
        "/dev/mapper/control", "/dev/btrfs-control", "/dev/userfaultfd", "/dev/vhost-net", "/dev/hwrng"};
    int found = 0;
    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++)
        if (open(paths[i], O_RDONLY | O_NONBLOCK | O_NOCTTY) >= 0) printf("%s ", paths[i]), found = 1;
    puts(found ? "opened" : "refused");
}
