// AF_ALG has been the way into the kernel more than once.
#include <linux/if_alg.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) { puts(socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0 ? "got a socket" : "refused"); }
