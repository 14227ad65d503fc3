"""C++ by g++: linked without shared libraries, which halves the time that a short run takes."""

from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.languages import gnu
from engines.judge.languages.language import Language, SelfTest

FILE = "solution.cpp"
FLAGS = ("-O2", "-std=gnu++17")


def present() -> bool:
    return gnu.present("g++")


def make(cache: Path) -> Language:
    return gnu.language(
        "cpp",
        "g++",
        FILE,
        FLAGS,
        (
            SelfTest(
                "#include <bits/stdc++.h>\nint main() { std::string name; std::cin >> name;"
                ' std::cout << "Hello, " << name << "\\n"; }\n',
                b"Mina\n",
                Verdict.ACCEPTED,
                b"Hello, Mina\n",
            ),
            SelfTest(
                "#include <unistd.h>\nint main() { return fork() < 0; }\n",
                b"",
                Verdict.REFUSED_CALL,
            ),
        ),
        gnu.headers(cache, FLAGS),
    )
