// As an exercise asks: without string.h and math.h.
#include <stdio.h>

unsigned long strlen(const char *text) {
    unsigned long n = 0;
    while (text[n]) n++;
    return n;
}

char *strcpy(char *to, const char *from) {
    char *start = to;
    while ((*to++ = *from++)) {
    }
    return start;
}

int strcmp(const char *a, const char *b) {
    while (*a && *a == *b) a++, b++;
    return *a - *b;
}

int atoi(const char *text) {
    int n = 0;
    while (*text >= '0' && *text <= '9') n = n * 10 + *text++ - '0';
    return n;
}

double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }

int main() {
    char name[20];
    strcpy(name, "Rahim");
    printf("%lu %d %d %.1f\n", strlen(name), strcmp(name, "Rahim") == 0, atoi("42"), power(2, 3));
    return 0;
}
