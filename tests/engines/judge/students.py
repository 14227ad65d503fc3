"""Programs as a class hands them in: small tasks, right and wrong solutions, verdicts known.

Each task has a right program in each language; the wrong ones differ from it by one slip, which is
a replacement of text, and every program can further have something done to it that is the same for
all (an endless loop at the end, a forgotten colon, and so on).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.submissions.judging import Limits, Program, Task, Test, Verdict

PASS, FAIL = Verdict.ACCEPTED, Verdict.WRONG_ANSWER
CRASH, SLOW = Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT
REFUSED, COMPILE = Verdict.REFUSED_CALL, Verdict.COMPILE_ERROR
LIMITS = Limits(time_ms=1000, memory_kb=96 * 1024, output_kb=256)
CPP_HEAD = "#include <bits/stdc++.h>\nusing namespace std;\n\n"

Slip = tuple[str, str, Verdict]
"""What is replaced by what, and what becomes of the program."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The right program in one language, and slips that make it another."""

    right: str
    slips: Sequence[Slip]


@dataclass(frozen=True, slots=True)
class Exercise:
    name: str
    answer: Callable[[str], object]
    """From a test's input to what is to be printed."""
    inputs: Sequence[str]
    solutions: Mapping[str, Solutions]


@dataclass(frozen=True, slots=True)
class Submission:
    name: str
    task: Task
    verdict: Verdict


def numbers(text: str) -> list[int]:
    return [int(word) for word in text.split()]


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


def palindrome(text: str) -> str:
    return "yes" if text.strip() == text.strip()[::-1] else "no"


def vowels(text: str) -> int:
    return sum(letter in "aeiouAEIOU" for letter in text)


def largest(text: str) -> str:
    row = numbers(text)[1:]
    return f"{max(row)} {row.index(max(row)) + 1}"


def triangle(text: str) -> str:
    return "\n".join("*" * width for width in range(1, int(text) + 1))


EXERCISES = (
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
        "palindrome",
        palindrome,
        ("level\n", "hello\n", "a\n", "abca\n"),
        {
            "python": Solutions(
                "word = input().strip()\n"
                "same = True\n"
                "for i in range(len(word)):\n"
                "    if word[i] != word[len(word) - 1 - i]:\n"
                "        same = False\n"
                "print('yes' if same else 'no')\n",
                (
                    ("len(word) - 1 - i", "len(word) - i", CRASH),
                    ("!=", "==", FAIL),
                    ("        same = False", "        same = True", FAIL),
                    ("'yes' if", "'YES' if", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    string word;\n"
                "    cin >> word;\n"
                "    bool same = true;\n"
                "    for (size_t i = 0; i < word.size(); i++)\n"
                "        if (word.at(i) != word.at(word.size() - 1 - i)) same = false;\n"
                '    cout << (same ? "yes" : "no") << endl;\n'
                "}\n",
                (
                    ("word.size() - 1 - i", "word.size() - i", CRASH),
                    ("same = false", "same = true", FAIL),
                    ("size_t i = 0", "size_t i = 1", PASS),
                    ('"no"', "'no'", COMPILE),
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
    Exercise(
        "sorting",
        lambda text: " ".join(map(str, sorted(numbers(text)[1:]))),
        ("3\n3 1 2\n", "1\n5\n", "5\n10 9 -1 100 9\n", "4\n4 3 2 1\n"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "row = list(map(int, input().split()))\n"
                "for i in range(n):\n"
                "    for j in range(n - 1):\n"
                "        if row[j] > row[j + 1]:\n"
                "            row[j], row[j + 1] = row[j + 1], row[j]\n"
                "print(*row)\n",
                (
                    ("row[j] > row", "row[j] < row", FAIL),
                    ("range(n - 1)", "range(n)", CRASH),
                    ("range(n - 1)", "range(n - 2)", FAIL),
                    ("list(map(int, input().split()))", "input().split()", FAIL),
                    ("print(*row)", "print(row)", FAIL),
                    ("print(*row)", "print(row.sort())", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    vector<int> row(n);\n"
                "    for (int &x : row) cin >> x;\n"
                "    sort(row.begin(), row.end());\n"
                '    for (int x : row) cout << x << " ";\n'
                "    cout << endl;\n"
                "}\n",
                (
                    ("row.begin(), row.end()", "row.rbegin(), row.rend()", FAIL),
                    ("row.end()", "row.end() - 1", FAIL),
                    ("int &x", "int x", FAIL),
                    ('" "', '","', FAIL),
                    ("sort(row.begin(), row.end())", "sort(row)", COMPILE),
                ),
            ),
        },
    ),
    Exercise(
        "vowels",
        vowels,
        ("hello world\n", "xyz\n", "AEIOU and aeiou\n", "Dhaka\n"),
        {
            "python": Solutions(
                "line = input()\n"
                "count = 0\n"
                "for letter in line.lower():\n"
                "    if letter in 'aeiou':\n"
                "        count += 1\n"
                "print(count)\n",
                (
                    (".lower()", "", FAIL),
                    ("'aeiou'", "'aeio'", FAIL),
                    ("count += 1", "count =+ 1", FAIL),
                    ("count = 0\n", "", CRASH),
                    ("line.lower()", "range(line)", CRASH),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    string line;\n"
                "    getline(cin, line);\n"
                "    int count = 0;\n"
                "    for (char letter : line)\n"
                '        if (string("aeiouAEIOU").find(letter) != string::npos) count++;\n'
                "    cout << count << endl;\n"
                "}\n",
                (
                    ("getline(cin, line)", "cin >> line", FAIL),
                    ("aeiouAEIOU", "aeiou", FAIL),
                    ("!= string::npos", "> 0", FAIL),
                    ("int count = 0", "string count = 0", COMPILE),
                ),
            ),
        },
    ),
    Exercise(
        "largest",
        largest,
        ("3\n1 9 4\n", "2\n-7 -3\n", "4\n5 5 5 5\n", "1\n0\n"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "row = list(map(int, input().split()))\n"
                "place = 0\n"
                "for i in range(1, n):\n"
                "    if row[i] > row[place]:\n"
                "        place = i\n"
                "print(row[place], place + 1)\n",
                (
                    ("row[i] > row[place]", "row[i] >= row[place]", FAIL),
                    ("place + 1)", "place)", FAIL),
                    ("row[i] > row[place]", "row[i] > 0", FAIL),
                    ("range(1, n)", "range(1, n + 1)", CRASH),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n, x, best = INT_MIN, place = 0;\n"
                "    cin >> n;\n"
                "    for (int i = 1; i <= n; i++) {\n"
                "        cin >> x;\n"
                "        if (x > best) {\n"
                "            best = x;\n"
                "            place = i;\n"
                "        }\n"
                "    }\n"
                '    cout << best << " " << place << endl;\n'
                "}\n",
                (
                    ("best = INT_MIN", "best = 0", FAIL),
                    ("x > best", "x >= best", FAIL),
                    ("i <= n", "i < n", FAIL),
                    ('" "', '""', FAIL),
                ),
            ),
        },
    ),
    Exercise(
        "triangle",
        triangle,
        ("1", "3", "6"),
        {
            "python": Solutions(
                "n = int(input())\n"
                "for i in range(1, n + 1):\n"
                "    for j in range(i):\n"
                "        print('*', end='')\n"
                "    print()\n",
                (
                    ("range(1, n + 1)", "range(1, n)", FAIL),
                    ("range(1, n + 1)", "range(n + 1, 1, -1)", FAIL),
                    (", end=''", "", FAIL),
                    ("    print()\n", "", FAIL),
                ),
            ),
            "cpp": Solutions(
                "int main() {\n"
                "    int n;\n"
                "    cin >> n;\n"
                "    for (int i = 1; i <= n; i++) {\n"
                "        for (int j = 0; j < i; j++) cout << '*';\n"
                "        cout << endl;\n"
                "    }\n"
                "}\n",
                (
                    ("i <= n", "i < n", FAIL),
                    ("j < i", "j < n", FAIL),
                    ("j < i; j++", "j < i; i++", Verdict.OUTPUT_LIMIT),
                    ("cout << '*'", 'cout << "* "', FAIL),
                ),
            ),
        },
    ),
)


def _ending(more: str) -> Callable[[str], str]:
    """Adds lines at the end of a C++ program's main."""
    return lambda source: source.rstrip().removesuffix("}") + f"    {more}\n}}\n"


def _more(lines: str) -> Callable[[str], str]:
    return lambda source: source + lines


Change = tuple[str, Callable[[str], str], Verdict]
CHANGES: Mapping[str, Sequence[Change]] = {
    "python": (
        ("as it is", _more(""), PASS),
        ("spaces", _more("print('   ')\n"), PASS),
        ("debugging", _more("import sys\nprint('done', file=sys.stderr)\n"), PASS),
        ("leaves", _more("exit()\n"), PASS),
        ("in a function", lambda source: _in_main(source), PASS),
        ("windows", lambda source: source.replace("\n", "\r\n"), PASS),
        ("prompt", lambda source: f"print('Give me the input:')\n{source}", FAIL),
        ("says more", _more("print('Done!')\n"), FAIL),
        ("loop", _more("while True:\n    pass\n"), SLOW),
        ("crash", _more("print(undefined)\n"), CRASH),
        ("status", _more("raise SystemExit(3)\n"), CRASH),
        ("reads on", _more("while True:\n    input()\n"), CRASH),
        ("forgotten bracket", _more("print((1)\n"), COMPILE),
        ("indented", _more("  x = 1\n"), COMPILE),
        (
            "memory",
            _more("x = []\nwhile True:\n    x.append('y' * 100000)\n"),
            Verdict.MEMORY_LIMIT,
        ),
        ("flood", _more("while True:\n    print('y' * 1000)\n"), Verdict.OUTPUT_LIMIT),
        ("shell", _more("import os\nos.system('ls')\n"), REFUSED),
    ),
    "cpp": (
        ("as it is", _more(""), PASS),
        ("spaces", _ending('cout << "   \\n";'), PASS),
        ("debugging", _ending('cerr << "done" << endl;'), PASS),
        ("leaves", _ending("exit(0);"), PASS),
        ("windows", lambda source: source.replace("\n", "\r\n"), PASS),
        ("says more", _ending('cout << "Done!";'), FAIL),
        ("loop", _ending("for (volatile int i = 0;; i = i + 1) {}"), SLOW),
        ("crash", _ending("abort();"), CRASH),
        ("null", _ending("*(volatile int *)nullptr = 1;"), CRASH),
        ("status", _ending("return 3;"), CRASH),
        ("throws", _ending('throw runtime_error("no");'), CRASH),
        ("forgotten bracket", _more("}\n"), COMPILE),
        ("forgotten semicolon", _ending("int extra = 1"), COMPILE),
        ("undeclared", _ending("cout << undeclared;"), COMPILE),
        (
            "memory",
            _ending("for (;;) memset(new char[1 << 20], 1, 1 << 20);"),
            Verdict.MEMORY_LIMIT,
        ),
        (
            "flood",
            _ending('for (;;) cout << "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\\n";'),
            Verdict.OUTPUT_LIMIT,
        ),
        ("shell", _ending('return system("ls");'), REFUSED),
    ),
}


def _in_main(source: str) -> str:
    body = "".join(f"    {line}\n" if line else "\n" for line in source.splitlines())
    return f"def main():\n{body}\n\nif __name__ == '__main__':\n    main()\n"


def submissions() -> Iterator[Submission]:
    """All of them. Raises ValueError where a slip is not in the program that it is to change."""
    for place, exercise in enumerate(EXERCISES):
        tests = [
            Test(str(number), each.encode(), str(exercise.answer(each)).encode())
            for number, each in enumerate(exercise.inputs)
        ]
        for language, solutions in exercise.solutions.items():
            head = CPP_HEAD if language == "cpp" else ""
            for name, source, verdict in _variants(language, solutions, place):
                program = Program(language, head + source)
                title = f"{exercise.name} in {language}: {name}"
                yield Submission(title, Task(program, tests, LIMITS), verdict)


def _variants(
    language: str, solutions: Solutions, place: int
) -> Iterator[tuple[str, str, Verdict]]:
    for old, new, verdict in solutions.slips:
        if old not in solutions.right:
            raise ValueError(f"{old!r} is not there to be replaced")
        yield f"{old!r} is {new!r}", solutions.right.replace(old, new), verdict
    for number, (name, change, verdict) in enumerate(CHANGES[language]):
        # Each exercise has the same right program and its share of what can be done to it.
        if number == 0 or (number + place) % 2:
            yield name, change(solutions.right), verdict
