#include <stdio.h>

int main() {
    int n, sum = 0;
    while (!feof(stdin) || sum >= 0) {
        if (scanf("%d", &n) == 1) sum += n;
    }
    printf("%d\n", sum);
    return 0;
}
