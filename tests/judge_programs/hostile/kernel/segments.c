#include <asm/ldt.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    struct user_desc entry = {.entry_number = 0, .limit = 0xfffff, .seg_32bit = 1, .limit_in_pages = 1, .useable = 1};
    puts(syscall(SYS_modify_ldt, 1, &entry, sizeof entry) == 0 ? "changed segments" : "refused");
}
