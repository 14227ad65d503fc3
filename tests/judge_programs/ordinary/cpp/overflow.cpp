#include <iostream>
using namespace std;

int main() {
    unsigned n, product = 1;
    cin >> n;
    for (unsigned i = 1; i <= n; i++) product *= i;
    cout << product << endl;
    return 0;
}
