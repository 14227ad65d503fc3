#include <map>
#include <string>
#include <vector>
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(x)))

int main() {
    std::map<std::string, std::vector<std::map<int, std::string>>> m;
    B(m << m; undeclared(m);)
}
