#include <bits/stdc++.h>
using namespace std;

vector<vector<int>> below;
vector<int> order, sizes;

int visit(int place, int parent) {
    order.push_back(place);
    string name = to_string(place);
    int size = 1;
    for (int next : below[place])
        if (next != parent) size += visit(next, place) + (name.empty() ? 1 : 0);
    return sizes[place] = size;
}

int main() {
    int count;
    cin >> count;
    below.resize(count);
    sizes.resize(count);
    for (int i = 0; i + 1 < count; i++) below[i].push_back(i + 1);
    cout << visit(0, -1) << endl;
}
