#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(@port@)};
    inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
    int line = socket(AF_INET, SOCK_DGRAM, 0);
    sendto(line, "udp", 3, 0, (struct sockaddr *)&there, sizeof there);
    puts("refused");
}
