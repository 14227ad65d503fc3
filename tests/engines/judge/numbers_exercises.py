"""Exercises with whole numbers."""

from tests.engines.judge.exercise import COMPILE, CRASH, FAIL, SLOW, Exercise, Solutions, numbers


def factorial(text: str) -> int:
    product = 1
    for factor in range(2, int(text) + 1):
        product *= factor
    return product


def fibonacci(text: str) -> int:
    a, b = 0, 1
    for _ in range(int(text)):
        a, b = b, a + b
    return a


def common_divisor(text: str) -> int:
    a, b = numbers(text)
    while b:
        a, b = b, a % b
    return a


def prime(text: str) -> str:
    n = int(text)
    return "prime" if n > 1 and all(n % d for d in range(2, n)) else "not prime"


NUMBERS = (
    Exercise(
        "sum",
        lambda text: sum(numbers(text)[1:]),
        ("3\n1 2 3\n", "1\n-5\n", "5\n10 20 30 40 50\n", "2\n2000000000 2000000000\n"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "row = list(map(int, input().split()))\n"
                "total = 0\n"
                "for i in range(n):\n"
                "    total += row[i]\n"
                "print(total)\n",
                (
                    ("range(n)", "range(n - 1)", FAIL),
                    ("range(n)", "range(1, n)", FAIL),
                    ("range(n)", "range(n + 1)", CRASH),
                    ("total = 0", "total = 1", FAIL),
                    ("int(input())", "input()", CRASH),
                    ("    total += row[i]\n", "    total = row[i]\n", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    long long total = 0, x;\n"
                "    for (int i = 0; i < n; i++) {\n"
                "        cin >> x;\n"
                "        total += x;\n"
                "    }\n"
                "    cout << total << endl;\n"
                "}\n",
                (
                    ("i < n", "i < n - 1", FAIL),
                    ("i < n", "i <= n", FAIL),
                    ("long long total = 0, x", "unsigned total = 0, x", FAIL),
                    ("total += x", "total = x", FAIL),
                    ("i++", "i--", SLOW),
                ),
            ),
        },
    ),
    Exercise(
        "factorial",
        factorial,
        ("0", "1", "5", "15"),
        {
            "python": Solutions(
                "def factorial(n):\n"
                "    if n <= 1:\n"
                "        return 1\n"
                "    return n * factorial(n - 1)\n"
                "\n"
                "print(factorial(int(input())))\n",
                (
                    ("n <= 1", "n == 1", CRASH),
                    ("n * factorial", "n + factorial", FAIL),
                    ("return 1", "return 0", FAIL),
                    ("factorial(n - 1)", "factorial(n)", CRASH),
                    ("int(input())", "input()", CRASH),
                ),
            ),
            "cpp": Solutions(
                "long long factorial(int n) {\n"
                "    if (n <= 1) return 1;\n"
                "    return n * factorial(n - 1);\n"
                "}\n\n"
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    cout << factorial(n) << endl;\n"
                "}\n",
                (
                    ("long long factorial", "unsigned factorial", FAIL),
                    ("n * factorial", "n + factorial", FAIL),
                    ("return 1;", "return n;", FAIL),
                    ("cin >> n;", "cin << n;", COMPILE),
                ),
            ),
        },
    ),
    Exercise(
        "prime",
        prime,
        ("2", "1", "97", "91", "9"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "found = n > 1\n"
                "d = 2\n"
                "while d * d <= n:\n"
                "    if n % d == 0:\n"
                "        found = False\n"
                "    d += 1\n"
                "print('prime' if found else 'not prime')\n",
                (
                    ("d * d <= n", "d * d < n", FAIL),
                    ("n > 1", "True", FAIL),
                    ("d = 2", "d = 1", FAIL),
                    ("d = 2", "d = 0", CRASH),
                    ("    d += 1", "    d += 0", SLOW),
                    ("'prime' if", "'Prime' if", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    bool found = n > 1;\n"
                "    for (int d = 2; d * d <= n; d++)\n"
                "        if (n % d == 0) found = false;\n"
                '    cout << (found ? "prime" : "not prime") << "\\n";\n'
                "}\n",
                (
                    ("d * d <= n", "d * d < n", FAIL),
                    ("found = n > 1", "found = true", FAIL),
                    ("int d = 2", "volatile int d = 0", CRASH),
                    ("n % d == 0", "n % d = 0", COMPILE),
                ),
            ),
        },
    ),
    Exercise(
        "common divisor",
        common_divisor,
        ("12 18", "7 13", "100 100", "17 0"),
        {
            "python": Solutions(
                "a, b = map(int, input().split())\nwhile b:\n    a, b = b, a % b\nprint(a)\n",
                (
                    ("while b:", "while a:", CRASH),
                    ("print(a)", "print(b)", FAIL),
                    ("a, b = b, a % b", "a, b = b, a", SLOW),
                    ("input().split()", "input()", CRASH),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int a, b;\n"
                "    cin >> a >> b;\n"
                "    while (b) {\n"
                "        int rest = a % b;\n"
                "        a = b;\n"
                "        b = rest;\n"
                "    }\n"
                "    cout << a << endl;\n"
                "}\n",
                (
                    ("cout << a", "cout << b", FAIL),
                    ("while (b)", "while (a)", CRASH),
                    ("b = rest", "b = 1", SLOW),
                    ("int rest", "rest", COMPILE),
                ),
            ),
        },
    ),
    Exercise(
        "fibonacci",
        fibonacci,
        ("0", "1", "2", "50"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "row = [0, 1]\n"
                "while len(row) <= n:\n"
                "    row.append(row[-1] + row[-2])\n"
                "print(row[n])\n",
                (
                    ("[0, 1]", "[1, 1]", FAIL),
                    ("len(row) <= n", "len(row) < n", CRASH),
                    ("row[-1] + row[-2]", "row[-1] + row[-1]", FAIL),
                    ("print(row[n])", "print(row)", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    vector<long long> row = {0, 1};\n"
                "    for (int i = 2; i <= n; i++) row.push_back(row[i - 1] + row[i - 2]);\n"
                "    cout << row.at(n) << endl;\n"
                "}\n",
                (
                    ("{0, 1}", "{1, 1}", FAIL),
                    ("i <= n", "i < n", CRASH),
                    ("vector<long long>", "vector<unsigned>", FAIL),
                    ("row.at(n)", "row.last()", COMPILE),
                ),
            ),
        },
    ),
)
