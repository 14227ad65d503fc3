"""The numbers of assignments, as teachers type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.courses.assignments import NUMBERS, POINTS, Field, Numbers, read_number
from domain.errors import Mistake

ALL = (*NUMBERS.values(), POINTS)


@pytest.mark.parametrize("typed", ["12", " 12\n", "১২", "012"])
def test_whole_numbers_in_either_digits(typed: str) -> None:
    assert read_number(typed, NUMBERS[Field.ATTEMPTS]) == 12


@pytest.mark.parametrize(
    "typed", ["", "0", "101", "-1", "1.5", "twelve", "12 times", "²", "9" * 40]
)
def test_whatever_else_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Mistake):
        read_number(typed, NUMBERS[Field.ATTEMPTS])


@pytest.mark.parametrize("numbers", ALL)
def test_what_is_offered_may_be_chosen(numbers: Numbers) -> None:
    for one in numbers.common:
        assert read_number(str(one), numbers) == one


@given(st.text(max_size=12), st.sampled_from(ALL))
def test_a_number_that_is_read_is_within_its_bounds(typed: str, numbers: Numbers) -> None:
    try:
        number = read_number(typed, numbers)
    except Mistake:
        return
    assert numbers.least <= number <= numbers.most
