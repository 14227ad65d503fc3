#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) { puts(kill(getppid(), SIGTERM) == 0 ? "signalled" : "refused"); }
