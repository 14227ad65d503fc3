#include <stdio.h>

int main() {
    int n = 0;
    scanf("%d", n);
    printf("%d\n", n);
    return 0;
}
