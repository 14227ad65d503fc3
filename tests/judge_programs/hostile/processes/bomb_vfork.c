#include <stdio.h>
#include <unistd.h>

int main(void) {
    for (int i = 0; i < 200; i++) {
        pid_t child = vfork();
        if (child == 0) _exit(0);
        if (child > 0) {
            puts("forked");
            return 0;
        }
    }
    puts("refused");
}
