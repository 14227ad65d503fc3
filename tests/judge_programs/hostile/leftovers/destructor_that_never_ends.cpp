#include <iostream>

struct Last {
    ~Last() {
        for (volatile long i = 0;; i = i + 1) {
        }
    }
} last;

int main() { std::cout << "refused" << std::endl; }
