#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
    char name[256];
    gethostname(name, sizeof name);
    puts(sethostname(name, 1) == 0 || setdomainname("x", 1) == 0 ? "named" : "refused");
}
