template <class A, class B, class C, int n> struct Bomb {
    using left = typename Bomb<Bomb<A, B, C, n>, B, A, n - 1>::type;
    using right = typename Bomb<A, Bomb<B, A, C, n>, B, n - 1>::type;
    using third = typename Bomb<C, A, Bomb<C, B, A, n>, n - 1>::type;
    using type = Bomb<left, right, third, n>;
};
template <class A, class B, class C> struct Bomb<A, B, C, 0> {
    using type = A;
};

int main() { Bomb<int, long, char, 22>::type bomb; }
