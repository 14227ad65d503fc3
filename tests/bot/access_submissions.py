"""Who may do what with an assignment, its problems, and attempts at them.

Whoever teaches looks and does not hand in; that they are told so is no secret kept from them.
"""

from tests.bot.access import LEARN, STUDENT, Act

THEIRS = frozenset({STUDENT})
"""An attempt is its student's alone."""
CODE = "print(sum(map(int, input().split())))"

SUBMISSIONS = (
    Act("submissions.assignment", "item", LEARN),
    Act("submissions.open", "item", LEARN),
    Act("submissions.opened", "item", LEARN),
    Act("submissions.problem", "problem", LEARN),
    Act("submissions.problem", "problem", LEARN, kind="step", key="problem", text=CODE),
    Act("submissions.problem", "problem", LEARN, kind="document", key="problem", text=CODE),
    Act("submissions.page", "problem", LEARN, then=".0"),
    Act("submissions.hint", "problem", LEARN),
    Act("submissions.starter", "problem", LEARN),
    Act("submissions.draft", "problem", LEARN),
    Act("submissions.language", "problem", LEARN),
    Act("submissions.choose", "problem", LEARN, then=".python"),
    Act("attempts.run", "problem", LEARN),
    Act("attempts.submit", "problem", LEARN),
    Act("attempts.confirmed", "problem", LEARN),
    Act("attempts.list", "problem", LEARN),
    Act("attempts.show", "attempt", THEIRS),
    Act("attempts.code", "attempt", THEIRS),
    Act("attempts.reuse", "attempt", THEIRS),
)
