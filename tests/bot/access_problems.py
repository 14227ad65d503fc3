"""Who may do what with a coding problem: its owner alone, as long as it is not shared."""

from tests.bot.access import OWN, Act

PROBLEMS = (
    Act("problems.card", "problem_version", OWN),
    Act("problems.look", "problem_version", OWN, then=".0"),
    Act("problems.share", "problem_version", OWN),
    Act("problems.unshare", "problem_version", OWN),
    Act("problems.file", "problem_version", OWN),
    Act("problems.delete", "problem_version", OWN),
    Act("problems.delete_now", "problem_version", OWN),
)
