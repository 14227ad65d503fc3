#include <bits/stdc++.h>
using namespace std;

int main() {
    map<string, int> counts;
    string word;
    while (cin >> word) counts[word]++;
    for (auto &[name, count] : counts) cout << name << ' ' << count << '\n';
}
