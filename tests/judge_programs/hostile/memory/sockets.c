#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static char piece[1 << 16];

int main(void) {
    struct rlimit most;
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    long held = 0;
    for (int i = 0; i < 4000; i++) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) break;
        int size = 1 << 30;
        setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
        ssize_t some;
        while ((some = send(ends[0], piece, sizeof piece, MSG_DONTWAIT)) > 0) held += some;
    }
    puts(held >= 300L << 20 ? "300 MB in sockets" : "refused");
}
