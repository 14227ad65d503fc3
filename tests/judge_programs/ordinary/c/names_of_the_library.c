#include <stdio.h>

int read, write, index, end, send;
int time[10];

int main() {
    for (int i = 0; i < 10; i++) time[i] = i;
    read = write = index = end = send = time[9];
    printf("%d\n", read + write + index + end + send);
    return 0;
}
