#define _GNU_SOURCE
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
    char here[64];
    struct iovec local = {here, sizeof here}, remote = {&here, sizeof here};
    int got = process_vm_readv(getppid(), &local, 1, &remote, 1, 0) >= 0;
    puts(got ? "read another's memory" : "refused");
}
