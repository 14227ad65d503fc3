#include <iostream>

int depth(int n) {
    volatile int here = n;
    if (n == 0) return 0;
    return depth(n - 1) + 1 + (here - n);
}

int main() {
    int n;
    std::cin >> n;
    std::cout << depth(n) << std::endl;
}
