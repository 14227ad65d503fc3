#include <cstdlib>
#include <iostream>

int main() {
    int status = std::system("echo got a shell");
    std::cout << (status ? "refused" : "ran") << std::endl;
}
