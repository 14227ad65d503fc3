"""JavaScript by Node.js. It reads from its standard input: fs.readFileSync(0) or readline."""

import re
from pathlib import Path

from domain.submissions.judging import Verdict
from engines.judge.box import MEBIBYTE, Step
from engines.judge.languages.language import Language, SelfTest, find, tool
from engines.judge.seccomp import Profile

FILE = "solution.js"
_OUT_OF_MEMORY = re.compile(
    rb"^FATAL ERROR: .*out of memory|^RangeError: Array buffer allocation failed", re.M
)


def present() -> bool:
    return bool(find("node"))


def make(cache: Path) -> Language:
    del cache
    node = tool("node")
    return Language(
        code="javascript",
        file=FILE,
        run=Step(
            ["node", "--max-old-space-size={memory_mb}", "--stack-size=8000", FILE],
            Profile.NODE,
            program=str(node.target),
        ),
        mounts=(node,),
        space_bytes=None,  # it reserves far more addresses than it ever uses
        data_bytes=512 * MEBIBYTE,
        out_of_memory=_OUT_OF_MEMORY,
        no_room=re.compile(rb"^Error: (?:EFBIG|ENOSPC):", re.M),
        self_tests=(
            SelfTest(
                "const name = require('fs').readFileSync(0, 'utf8').trim();\n"
                "console.log(`Hello, ${name}`);\n",
                b"Mina\n",
                Verdict.ACCEPTED,
                b"Hello, Mina\n",
            ),
            SelfTest(
                "require('child_process').execFileSync('/usr/bin/node');\n",
                b"",
                Verdict.REFUSED_CALL,
            ),
        ),
    )
