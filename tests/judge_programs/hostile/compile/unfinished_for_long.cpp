// Overload resolution over overload resolution.
#include <type_traits>
template <int n> struct Number {};
template <int n> auto f(Number<n>) -> decltype(f(Number<n - 1>{}), f(Number<n - 1>{}), Number<n>{});
int f(Number<0>);

template <int... n> struct Many {};
template <int k, int... n> struct Make : Make<k - 1, k, n...> {};
template <int... n> struct Make<0, n...> { using type = Many<n...>; };
template <class> struct Sum;
template <int a, int... n> struct Sum<Many<a, n...>> { static const long value = a + Sum<Many<n...>>::value; };
template <> struct Sum<Many<>> { static const long value = 0; };

template <int k> struct Burn { static const long value = Burn<k - 1>::value + Sum<typename Make<800 - k>::type>::value; };
template <> struct Burn<0> { static const long value = 0; };

int main() { return Burn<790>::value; }
