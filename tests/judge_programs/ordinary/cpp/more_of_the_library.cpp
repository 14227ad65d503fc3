#include <array>
#include <chrono>
#include <complex>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <random>
#include <regex>
#include <sstream>
#include <unordered_map>
#include <variant>

int main() {
    std::random_device seed;
    std::mt19937 dice(seed());
    auto later = std::async(std::launch::async, [] { return 21; });
    std::cout << std::regex_replace(std::string("a1b22"), std::regex("[0-9]+"), "#") << ' ' << later.get() * 2 << '\n';
    std::ofstream("x.txt") << "hello";
    std::cout << std::filesystem::file_size("x.txt") << ' ' << (dice() >= 0) << '\n';
    std::stringstream stream("3 4");
    int a, b;
    stream >> a >> b;
    std::variant<int, std::string> v = "text";
    auto shared = std::make_shared<int>(a * b);
    auto now = std::chrono::steady_clock::now();
    std::cout << *shared << ' ' << std::get<std::string>(v) << ' ' << (std::chrono::steady_clock::now() >= now) << '\n';
    try {
        std::stoi("abc");
    } catch (const std::invalid_argument &error) {
        std::cout << error.what() << '\n';
    }
}
