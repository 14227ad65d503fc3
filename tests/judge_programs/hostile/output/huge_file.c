#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static char piece[1 << 20];

int main(void) {
    signal(SIGXFSZ, SIG_IGN);
    int file = open("huge", O_CREAT | O_WRONLY, 0600);
    for (int i = 0; i < 600; i++)
        if (write(file, piece, sizeof piece) != sizeof piece) {
            puts("refused");
            return 0;
        }
    puts("600 MB");
}
