"""Exercises with words, rows and patterns."""

from domain.submissions.judging import Verdict
from tests.engines.judge.exercise import (
    COMPILE,
    CRASH,
    FAIL,
    PASS,
    Exercise,
    Solutions,
    numbers,
)


def palindrome(text: str) -> str:
    return "yes" if text.strip() == text.strip()[::-1] else "no"


def vowels(text: str) -> int:
    return sum(letter in "aeiouAEIOU" for letter in text)


def largest(text: str) -> str:
    row = numbers(text)[1:]
    return f"{max(row)} {row.index(max(row)) + 1}"


def triangle(text: str) -> str:
    return "\n".join("*" * width for width in range(1, int(text) + 1))


ROWS = (
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
