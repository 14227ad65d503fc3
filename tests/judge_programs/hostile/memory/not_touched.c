// Address space alone: terabytes that are never written are not memory in use.
#include <stdio.h>
#include <sys/mman.h>

int main(void) {
    int made = 0;
    for (int i = 0; i < 64; i++)
        if (mmap(NULL, 1L << 36, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED)
            made++;
    puts(made == 64 ? "4 TB of addresses" : "refused");
}
