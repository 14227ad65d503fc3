#include <stdio.h>

int main() {
    char name[50];
    gets(name);
    printf("Hello, %s\n", name);
    return 0;
}
