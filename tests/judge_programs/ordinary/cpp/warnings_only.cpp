#include <cstdio>

int main() {
    int unused;
    int n = 3.7;
    if (n = 4) printf("%d\n", n);
}
