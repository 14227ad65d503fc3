"""What practice and quizzes do alike with an answer: reading it, the skill after it, its time."""

from dataclasses import replace
from datetime import datetime

from domain.errors import Mistake
from domain.practice import aids, answers, skills
from domain.practice.profiles import Evidence
from domain.practice.records import Item
from domain.practice.skills import Skill


def checked(text: str, item: Item) -> answers.Verdict:
    """Raises Mistake, with the kind of answer that would be one, where none can be read."""
    try:
        return answers.check(
            text,
            item.answer,
            item.answer_kind,
            item.answer_tolerance,
            item.unit,
            unit_required=item.unit_required,
            form=item.answer_form,
        )
    except Mistake as error:
        aid = aids.aid(item.answer, item.answer_kind, item.answer_form)
        raise Mistake(str(error), error.view, {**error.data, "aid": aid}) from error


def is_rewritten(item: Item) -> bool:
    """Whether the problem was corrected since it was shown: it has to be read anew."""
    return item.opened_at is not None and item.written_at > item.opened_at


def shown_anew(item: Item, now: datetime) -> Item:
    return replace(item, opened_at=now)


def seconds_spent(item: Item, now: datetime) -> int:
    """Since the item was opened or last tried, whichever is later; never negative."""
    since = max(filter(None, (item.opened_at, item.last_tried_at)), default=now)
    return max(0, round((now - since).total_seconds()))


def observed(item: Item, evidence: Evidence, now: datetime) -> Skill:
    return skills.observed(item.skill, item.topic, item.difficulty, evidence, now)
