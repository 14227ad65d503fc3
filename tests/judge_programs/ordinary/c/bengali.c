#include <stdio.h>
#include <string.h>

int main() {
    char name[100];
    if (fgets(name, sizeof name, stdin) == NULL) return 1;
    name[strcspn(name, "\r\n")] = 0;
    printf("তোমার নাম %s\n", name);
    return 0;
}
