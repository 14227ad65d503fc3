#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    int got = 0;
    for (int protocol = 0; protocol < 8; protocol++) {
        got |= socket(AF_BLUETOOTH, SOCK_RAW, protocol) >= 0;
        got |= socket(AF_BLUETOOTH, SOCK_SEQPACKET, protocol) >= 0;
    }
    puts(got ? "got a socket" : "refused");
}
