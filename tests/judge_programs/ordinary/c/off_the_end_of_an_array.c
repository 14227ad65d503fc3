#include <stdio.h>

int main() {
    int marks[10];
    volatile long i;
    for (i = 0; i < 100000000; i++) marks[i] = 5;
    printf("%d\n", marks[0]);
    return 0;
}
