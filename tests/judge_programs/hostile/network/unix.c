#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    strcpy(there.sun_path, "@socket@");
    int line = socket(AF_UNIX, SOCK_STREAM, 0);
    puts(connect(line, (struct sockaddr *)&there, sizeof there) == 0 ? "connected" : "refused");
}
