#include <fstream>
#include <iostream>

int main() {
    {
        std::ofstream out("notes.txt");
        out << 1 << ' ' << 2 << '\n';
    }
    std::ifstream in("notes.txt");
    int a, b;
    in >> a >> b;
    std::cout << a + b << std::endl;
}
