"""C by gcc."""

from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.languages import gnu
from engines.judge.languages.language import Language, SelfTest


def present() -> bool:
    return gnu.present("gcc")


def make(cache: Path) -> Language:
    del cache
    return gnu.language(
        "c",
        "gcc",
        "solution.c",
        ("-O2", "-std=gnu17"),
        (
            SelfTest(
                "#include <stdio.h>\nint main(void) { char name[9];"
                ' scanf("%8s", name); printf("Hello, %s\\n", name); }\n',
                b"Mina\n",
                Verdict.ACCEPTED,
                b"Hello, Mina\n",
            ),
            SelfTest(
                "#include <unistd.h>\nint main(void) { return fork() < 0; }\n",
                b"",
                Verdict.REFUSED_CALL,
            ),
        ),
    )
