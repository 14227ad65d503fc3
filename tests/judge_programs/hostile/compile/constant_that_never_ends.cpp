constexpr long slow(long n) {
    long sum = 0;
    for (long i = 0; i < n; i++)
        for (long j = 0; j < n; j++) sum += i ^ j;
    return sum;
}

template <long n> struct Hold {};
Hold<slow(1000000)> hold;

int main() {}
