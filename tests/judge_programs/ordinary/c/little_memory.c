#include <stdio.h>

int main() {
    puts("2");
    return 0;
}
