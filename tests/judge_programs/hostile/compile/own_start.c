// No library has been started when this runs.
#include <unistd.h>

int main(void) { return 0; }
int __libc_start_main(void) {
    write(1, fork() > 0 ? "forked\n" : "refused\n", 8);
    _exit(0);
}
