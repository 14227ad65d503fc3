// All numbers, with arguments that do no harm; whatever the filter lets through must do none either.
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    for (long number = 424; number < 470; number++) syscall(number, -1L, -1L, -1L, -1L, -1L, -1L);
    for (long number = 512; number < 560; number++) syscall(number, -1L, -1L, -1L, -1L, -1L, -1L);
    puts("refused");
}
