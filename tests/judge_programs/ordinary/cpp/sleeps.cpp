#include <chrono>
#include <iostream>
#include <thread>

int main() {
    std::this_thread::sleep_for(std::chrono::seconds(30));
    std::cout << "done" << std::endl;
}
