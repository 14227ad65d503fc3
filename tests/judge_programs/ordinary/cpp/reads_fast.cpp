#include <iostream>

int main() {
    std::ios_base::sync_with_stdio(false);
    std::cin.tie(nullptr);
    long long sum = 0, n, count = 0;
    while (std::cin >> n) {
        sum += n;
        count++;
    }
    std::cout << count << ' ' << sum << '\n';
}
