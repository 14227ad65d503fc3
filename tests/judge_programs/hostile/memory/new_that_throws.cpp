#include <cstring>
#include <iostream>
#include <new>
#include <vector>

int main() {
    std::vector<char *> hog;
    for (int round = 0; round < 3; round++)
        try {
            for (int i = 0; i < 600; i++) {
                hog.push_back(new char[1 << 20]);
                std::memset(hog.back(), 1, 1 << 20);
            }
            std::cout << "600 MB" << std::endl;
            return 0;
        } catch (const std::bad_alloc &) {
        }
    std::cout << "refused" << std::endl;
}
