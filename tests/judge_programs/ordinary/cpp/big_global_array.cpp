#include <iostream>

int sieve[20000001];

int main() {
    for (int i = 0; i <= 20000000; i += 64) sieve[i] = i;
    std::cout << sieve[20000000 / 64 * 64] << std::endl;
}
