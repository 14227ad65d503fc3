"""C++ by g++: linked without shared libraries, which halves the time that a short run takes."""

import re
from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.languages import gnu
from engines.judge.languages.language import Language, SelfTest

FILE = "solution.cpp"
FLAGS = ("-O2", "-std=gnu++17")
NEWER = (
    # Compilers' own default is C++17, under which older programs compile that C++20 refuses.
    re.compile(
        r"[cC]\+\+2[0a]|ranges|views|concept|requires|<=>|compare|span|numbers|format|contains"
        r"|starts_with|ends_with|erase|ssize|midpoint|lerp|bit_|popcount|countl|countr|rotl|rotr"
        r"|jthread|barrier|latch|semaphore|source_location|const(?:eval|init)|co_\w+|char8_t"
        r"|make_shared|atomic_ref|identity|using enum"
    ),
    "-std=gnu++20",
)


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
        (NEWER,),
    )
