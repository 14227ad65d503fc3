#include <iostream>
#include <string>
using namespace std;

int main() {
    int n;
    cin >> n;
    string line;
    getline(cin, line);
    cout << line << endl;
}
