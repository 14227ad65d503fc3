#include <iostream>

struct Node {
    int value;
    Node *next;
};

int main() {
    Node *volatile list = nullptr;
    std::cout << list->value << std::endl;
}
