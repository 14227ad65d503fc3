// Pages so far apart that each needs page tables of its own, which are larger than the page.
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
    for (long i = 1; i < 14000; i++) {
        char *far = (char *)(0x10000000000L + (i << 30));
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
        char *page = mmap(far, 4096, PROT_READ | PROT_WRITE, flags, -1, 0);
        if (page == MAP_FAILED) {
            puts("refused");
            return 0;
        }
        *page = 1;
    }
    sleep(1);
    puts("160 MB");
}
