#include <iostream>

int main() {
    while (true) std::cout << "I will not write endless loops." << std::endl;
}
