#include <stdio.h>

int main() {
    int n;
    char c;
    scanf("%d", &n);
    fflush(stdin);
    scanf(" %c", &c);
    printf("%d%c\n", n, c);
    return 0;
}
