// Bytes that are no text in both streams.
#include <stdio.h>

int main(void) {
    for (int i = 0; i < 5000; i++) {
        putchar(i * 7 + 128);
        fputc(i * 13 + 128, stderr);
    }
    return 1;
}
