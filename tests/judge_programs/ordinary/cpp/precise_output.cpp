#include <cmath>
#include <cstdio>
#include <iomanip>
#include <iostream>

int main() {
    double x;
    std::cin >> x;
    std::cout << std::setprecision(12) << std::sqrt(x) << '\n';
    printf("%.3f\n", std::sqrt(x));
}
