#include <stdio.h>

int main() {
    for (;;) fputs("still here\n", stderr);
}
