#include <chrono>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

int main() {
    std::mutex lock;
    int total = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < 50; i++) {
        workers.emplace_back([&, i] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            std::lock_guard<std::mutex> held(lock);
            total += i;
        });
    }
    for (auto &each : workers) each.join();
    std::cout << total << '\n';
}
