#include <iostream>

void main() { std::cout << "hello" << std::endl; }
