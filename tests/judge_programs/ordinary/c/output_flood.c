#include <stdio.h>

int main() {
    for (;;) putchar('y');
}
