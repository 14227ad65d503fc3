#include <stdio.h>
#include <stdlib.h>

int main() {
    printf("before");
    exit(3);
}
