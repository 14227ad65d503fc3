#include <iostream>
const char *text =
#include "@secret@"
    ;

int main() { std::cout << text << std::endl; }
