#include <bits/stdc++.h>
using namespace std;

int span[3] = {1, 2, 3};
int midpoint = 4, latch = 5;
struct identity {
    int number;
};

int main() {
    identity one{6};
    const char *text = u8"seven";
    cout << span[0] << midpoint << latch << one.number << text << endl;
}
