#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    int got = socket(AF_PACKET, SOCK_RAW, htons(3)) >= 0;
    got |= socket(AF_PACKET, SOCK_DGRAM, htons(3)) >= 0;
    got |= socket(AF_INET, SOCK_RAW, 1) >= 0;
    got |= socket(AF_INET, SOCK_PACKET, htons(3)) >= 0;
    puts(got ? "got a socket" : "refused");
}
