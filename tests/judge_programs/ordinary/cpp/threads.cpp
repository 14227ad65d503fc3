#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

int main() {
    std::atomic<int> total{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++)
        threads.emplace_back([&total, i] {
            for (int n = i; n < 1000; n += 4) total += n;
        });
    for (auto &thread : threads) thread.join();
    std::cout << total << std::endl;
}
