#include <iostream>
#include <string>

int main() {
    std::string name;
    std::getline(std::cin, name);
    std::cout << "শুভেচ্ছা, " << name << "!\n" << name.size() << std::endl;
}
