// The 32-bit way into the kernel, where 2 is fork: filters that look at numbers alone miss it.
#include <stdio.h>
#include <unistd.h>

int main(void) {
    int result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(2) : "memory");
    if (result == 0) _exit(0);
    puts(result > 0 ? "forked" : "refused");
}
