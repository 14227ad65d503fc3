#include <cstdlib>
#include <iostream>

int main() {
    std::cout << "hello" << std::endl;
    system("pause");
    return 0;
}
