#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) { puts(syscall(447, 0) >= 0 ? "got a secret file" : "refused"); }
