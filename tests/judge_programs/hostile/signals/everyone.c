// Outside of a box this would end every process of its user. It asks first whether it may.
#include <signal.h>
#include <stdio.h>

int main(void) {
    int got = 0;
    if (kill(-1, 0) == 0) got = kill(-1, SIGKILL) == 0;
    puts(got ? "signalled" : "refused");
}
