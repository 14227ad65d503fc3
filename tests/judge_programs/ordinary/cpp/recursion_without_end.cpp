#include <iostream>

int depth(int n) {
    volatile char room[64];
    room[n % 64] = 1;
    return depth(n + 1) + room[n % 64];
}

int main() { std::cout << depth(0) << std::endl; }
