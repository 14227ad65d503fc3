#pragma GCC optimize("O3,unroll-loops")
#pragma GCC target("avx2")
#include <bits/stdc++.h>
using namespace std;
#define int long long
#define all(x) (x).begin(), (x).end()
const int N = 2e5 + 5, MOD = 1e9 + 7;
int dp[N];

int32_t main() {
    ios::sync_with_stdio(0);
    cin.tie(0);
    int t;
    cin >> t;
    while (t--) {
        int n;
        cin >> n;
        vector<int> v(n);
        for (auto &x : v) cin >> x;
        sort(all(v));
        dp[0] = 1;
        for (int i = 1; i <= n; i++) dp[i] = dp[i - 1] * 2 % MOD;
        cout << v.front() << ' ' << v.back() << ' ' << dp[n] << '\n';
    }
}
