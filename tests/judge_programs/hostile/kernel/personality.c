#include <stdio.h>
#include <sys/personality.h>

int main(void) { puts(personality(ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC) >= 0 ? "changed" : "refused"); }
