// Costs nothing in the file and four gigabytes when it starts.
#include <stdio.h>

char room[4000000000];

int main(void) {
    for (long i = 0; i < 600L << 20; i += 4096) room[i] = 1;
    puts("600 MB");
}
