#include <iostream>

int main() {
    volatile int n = 1;
    while (n > 0) n = 1;
    std::cout << "done" << std::endl;
}
