#include <stdio.h>
#include <sys/io.h>

int main(void) { puts(iopl(3) == 0 || ioperm(0x80, 1, 1) == 0 ? "got ports" : "refused"); }
