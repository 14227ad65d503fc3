#include <conio.h>
#include <iostream>

int main() {
    std::cout << "hello" << std::endl;
    getch();
}
