#include <stdio.h>

int main() {
    printf("%d\n", total);
    return 0;
}
