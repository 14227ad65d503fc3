#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    int got = 0, ends[2];
    for (int family = 2; family < 64; family++)
        for (int kind = 1; kind < 7; kind++) {
            if (socket(family, kind, 0) >= 0) printf("%d/%d ", family, kind), got = 1;
            if (socketpair(family, kind, 0, ends) == 0) printf("%d/%d pair ", family, kind), got = 1;
        }
    puts(got ? "got a socket" : "refused");
}
