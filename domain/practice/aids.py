"""How an answer is to be typed, where that needs saying. Pure."""

from enum import StrEnum

from domain.practice.records import AnswerForm, AnswerKind


class Aid(StrEnum):
    LOWEST = "lowest"
    LOWEST_RATIO = "lowest_ratio"
    LOWEST_QUOTIENT = "lowest_quotient"
    SIMPLEST = "simplest"
    ROOT = "root"
    MIXED = "mixed"
    DECIMAL = "decimal"
    SCIENTIFIC = "scientific"
    FACTORS = "factors"
    POWER = "power"
    EXPANDED = "expanded"
    PERCENT = "percent"
    RATIO = "ratio"
    EXPRESSION = "expression"
    UNKNOWNS = "unknowns"
    SET = "set"
    INEQUALITY = "inequality"


_BY_KIND = {
    AnswerKind.PERCENT: Aid.PERCENT,
    AnswerKind.RATIO: Aid.RATIO,
    AnswerKind.SET: Aid.SET,
    AnswerKind.INEQUALITY: Aid.INEQUALITY,
}


def aid(answer: str, kind: AnswerKind, form: AnswerForm | None) -> Aid | None:
    """What helps to type an answer like the stated one; None where a plain number is asked for."""
    if form is not None:
        return _of_form(answer, kind, form)
    if kind is AnswerKind.EXPRESSION:
        return Aid.EXPRESSION if "^" in answer else None
    if kind is AnswerKind.UNKNOWNS:
        # A single unknown is typed like a number.
        return Aid.UNKNOWNS if "," in answer else None
    return _BY_KIND.get(kind)


def _of_form(answer: str, kind: AnswerKind, form: AnswerForm) -> Aid:
    if form is AnswerForm.FACTORS:
        return Aid.FACTORS if "(" in answer else Aid.POWER
    if form is AnswerForm.LOWEST:
        return _reduced(answer, kind)
    return Aid(form.value)


def _reduced(answer: str, kind: AnswerKind) -> Aid:
    if kind is AnswerKind.RATIO:
        return Aid.LOWEST_RATIO
    if kind is not AnswerKind.EXPRESSION:
        return Aid.LOWEST
    if "√" in answer:
        return Aid.ROOT
    return Aid.LOWEST_QUOTIENT if "/" in answer else Aid.SIMPLEST
