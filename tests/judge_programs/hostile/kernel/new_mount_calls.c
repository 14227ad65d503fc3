// fsopen, fsmount, move_mount, open_tree: filters that know mount alone miss them.
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    int got = syscall(SYS_fsopen, "tmpfs", 0) >= 0;
    got |= syscall(SYS_open_tree, AT_FDCWD, "/", 1) >= 0;
    got |= syscall(SYS_move_mount, -1, "", AT_FDCWD, "/tmp", 4) == 0;
    puts(got ? "mounted" : "refused");
}
