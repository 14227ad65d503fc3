#include <iostream>

int main() {
    int numbers[3000000];
    for (int i = 0; i < 3000000; i++) numbers[i] = i;
    std::cout << numbers[2999999] << std::endl;
}
