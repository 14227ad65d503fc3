#include <algorithm>
#include <iostream>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

template <typename... T> auto sum(T... parts) { return (parts + ...); }

int main() {
    std::vector<int> v(5);
    std::iota(v.begin(), v.end(), 1);
    auto [low, high] = std::minmax_element(v.begin(), v.end());
    std::optional<int> found;
    if (auto it = std::find(v.begin(), v.end(), 3); it != v.end()) found = *it;
    std::string_view name = "ok";
    std::cout << *low << *high << found.value_or(0) << name << sum(1, 2, 3) << std::endl;
}
