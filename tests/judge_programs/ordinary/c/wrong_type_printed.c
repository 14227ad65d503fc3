#include <stdio.h>

int main() {
    double n;
    scanf("%lf", &n);
    printf("%d\n", (int)n / 2);
    return 0;
}
