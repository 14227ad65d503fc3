// 102 is socketcall there; 359 is socket.
#include <stdio.h>

int main(void) {
    int result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(359), "b"(2), "c"(1), "d"(0) : "memory");
    puts(result >= 0 ? "got a socket" : "refused");
}
