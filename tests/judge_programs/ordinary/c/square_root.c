#include <math.h>
#include <stdio.h>

int main() {
    double x;
    scanf("%lf", &x);
    printf("%.2f\n", sqrt(x) + pow(x, 0.5));
    return 0;
}
