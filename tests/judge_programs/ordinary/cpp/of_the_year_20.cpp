#include <bits/stdc++.h>
using namespace std;

template <class T>
concept Number = integral<T> || floating_point<T>;

auto twice(Number auto number) { return number + number; }

int main() {
    vector<int> numbers{3, 1, 2};
    ranges::sort(numbers);
    map<string, int> ages{{"Rahim", 20}};
    cout << twice(numbers[2]) << ' ' << ages.contains("Karim") << ' ' << popcount(7u) << endl;
}
