#include <iostream>
#define TWICE(n) \
    ((n) + (n))
int main() {
    int n;
    std::cin >> n; // read it
    std::cout << TWICE(n) << std::endl;
}
