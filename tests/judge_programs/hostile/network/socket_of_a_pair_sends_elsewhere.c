// A pair is allowed for event loops; its ends may not be turned to other addresses.
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    strcpy(there.sun_path, "@dgram@");
    int ends[2];
    int got = 0;
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0) {
        got |= sendto(ends[0], "x", 1, MSG_DONTWAIT, (struct sockaddr *)&there, sizeof there) == 1;
        struct iovec part = {"x", 1};
        struct msghdr message = {&there, sizeof there, &part, 1, NULL, 0, 0};
        got |= sendmsg(ends[0], &message, MSG_DONTWAIT) == 1;
        got |= connect(ends[0], (struct sockaddr *)&there, sizeof there) == 0;
    }
    puts(got ? "sent" : "refused");
}
