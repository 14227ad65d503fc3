"""Who may do what with a quiz that students answer, and with what came of it.

Whoever teaches looks and does not answer; that they are told so is no secret kept from them.
"""

from tests.bot.access import ASSIST, LEARN, Act

QUIZZES = (
    Act("quiz.open", "begun_quiz", LEARN),
    Act("quiz.begin", "begun_quiz", LEARN),
    Act("quiz.later", "begun_quiz", LEARN, then=".{asked}"),
    Act("quiz.finish", "begun_quiz", LEARN),
    Act("quiz.hand_in", "begun_quiz", LEARN),
    Act("quiz.solution", "begun_quiz", LEARN, then=".1"),
    Act("quiz.pause", "begun_quiz", LEARN),
    Act("quiz", "begun_quiz", LEARN, kind="step", key="item", text="12"),
    Act("quiz.end", "begun_quiz", LEARN, kind="step", key="item"),
    Act("quiz.results", "begun_quiz", ASSIST),
)
