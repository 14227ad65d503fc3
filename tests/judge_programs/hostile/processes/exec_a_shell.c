// Replacing oneself makes no new process, yet leaves the program that was judged.
#include <stdio.h>
#include <unistd.h>

int main(void) {
    execl("/bin/sh", "sh", "-c", "echo got a shell", NULL);
    puts("refused");
}
