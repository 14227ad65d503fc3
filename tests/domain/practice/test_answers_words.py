"""Numbers in words, and what must not pass for the number that is in it."""

from contextlib import suppress

import pytest

from domain.errors import Mistake
from domain.practice.answers import check
from domain.practice.records import AnswerKind

_BENGALI = """
শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয় দশ এগারো বারো তেরো চৌদ্দ পনেরো ষোলো সতেরো আঠারো
উনিশ বিশ একুশ বাইশ তেইশ চব্বিশ পঁচিশ ছাব্বিশ সাতাশ আটাশ ঊনত্রিশ ত্রিশ একত্রিশ বত্রিশ
তেত্রিশ চৌত্রিশ পঁয়ত্রিশ ছত্রিশ সাঁইত্রিশ আটত্রিশ ঊনচল্লিশ চল্লিশ একচল্লিশ বিয়াল্লিশ
তেতাল্লিশ চুয়াল্লিশ পঁয়তাল্লিশ ছেচল্লিশ সাতচল্লিশ আটচল্লিশ ঊনপঞ্চাশ পঞ্চাশ একান্ন
বায়ান্ন তিপ্পান্ন চুয়ান্ন পঞ্চান্ন ছাপ্পান্ন সাতান্ন আটান্ন ঊনষাট ষাট একষট্টি বাষট্টি
তেষট্টি চৌষট্টি পঁয়ষট্টি ছেষট্টি সাতষট্টি আটষট্টি ঊনসত্তর সত্তর একাত্তর বাহাত্তর
তিয়াত্তর চুয়াত্তর পঁচাত্তর ছিয়াত্তর সাতাত্তর আটাত্তর ঊনআশি আশি একাশি বিরাশি তিরাশি
চুরাশি পঁচাশি ছিয়াশি সাতাশি আটাশি ঊননব্বই নব্বই একানব্বই বিরানব্বই তিরানব্বই চুরানব্বই
পঁচানব্বই ছিয়ানব্বই সাতানব্বই আটানব্বই নিরানব্বই একশ
"""
BENGALI = _BENGALI.split()
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]
ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(number: int, joint: str) -> str:
    if number < 20:
        return ONES[number]
    ten, one = TENS[number // 10 - 2], number % 10
    return f"{ten}{joint}{ONES[one]}" if one else ten


@pytest.mark.parametrize("number", range(101))
def test_every_number_up_to_a_hundred_in_words(number: int) -> None:
    said = [BENGALI[number], f"উত্তর: {BENGALI[number]}", f"{BENGALI[number]} টাকা"]
    if number < 100:
        said += [english(number, joint) for joint in (" ", "-")]
        said += [english(number, " ").title(), f"the answer is {english(number, ' ')} taka"]
    for text in said:
        assert check(text, str(number), AnswerKind.NUMBER, None, "taka").correct, text
        assert not check(text, str(number + 1), AnswerKind.NUMBER, None, "taka").correct, text


LARGE = {
    "340205": "তিন লক্ষ চল্লিশ হাজার দুইশত পাঁচ | ৩ লাখ ৪০ হাজার ২০৫ | "
    "three lakh forty thousand two hundred and five | ৩,৪০,২০৫ | 340,205",
    "123456": "one hundred twenty three thousand four hundred fifty six",
    "250": "দুইশ পঞ্চাশ | আড়াইশ | দু'শ পঞ্চাশ | two hundred and fifty | dui sho ponchash | arai sho",
    "350": "সাড়ে তিনশ | সাড়ে তিন শত | তিনশো পঞ্চাশ",
    "1500": "দেড় হাজার | পনেরশ | fifteen hundred | এক হাজার পাঁচশ | der hajar",
    "125000": "সোয়া লাখ | ১ লাখ ২৫ হাজার | 1.25 lakh | 1.25×10^5 | ১.২৫ × ১০⁵ | 125 thousand",
    "20000000": "দুই কোটি | 2 crore | 20 million",
    "60": "5 dozen | ৫ ডজন | পাঁচ ডজন | পনেরো হালি",
    "3.5": "সাড়ে তিন | three and a half | 3½ | তিন দশমিক পাঁচ | three point five | share tin",
    "1.75": "পৌনে দুই | poune dui | one and three quarters | ১ পূর্ণ ৩/৪ | ৭/৪",
    "1.25": "সোয়া এক | সোয়া | ১ ১/৪ | এক দশমিক দুই পাঁচ",
    "0.5": "আধা | অর্ধেক | half | one half | adha | a half | শূন্য দশমিক পাঁচ | .5",
    "0.75": "তিন চতুর্থাংশ | চার ভাগের তিন | ৪ ভাগের ৩ ভাগ | three-quarters | 3 by 4 | পৌনে এক",
}


@pytest.mark.parametrize("number", LARGE)
def test_large_numbers_and_parts_in_words(number: str) -> None:
    for text in LARGE[number].split("|"):
        assert check(text.strip(), number, AnswerKind.NUMBER).correct, text


NOT_42 = """
not 42 | ৪২ নয় | ৪২ না | 42 noy | it can't be 42 | 42 or 43 | 42 and 43 | 42 to 43 | 42-43 | 42 43
42+ | 42 or more | 42 and above | at least 42 | কমপক্ষে ৪২ | ৪২ বা তার বেশি | ৪২ এর কম | less than 42
প্রায় ৪২ | about 42 | 42 er moto | half of 42 | ৪২ এর অর্ধেক | ৪২ এর বর্গ | square of 42 | 42² | √42
double of 42 | ৪২ এর দ্বিগুণ | reciprocal of 42 | 42% | 42x | 4 2 | 4,2 | 42/50 | 42 out of 50 | 42:1
6 × 7 | 41 + 1 | 42 - x | x + 42 | 42 dozen | ৪২ হাজার | 42 kg | --42 | minus 42 | 42 remainder 1
forty twelve | four two | চল্লিশ দুই | forty and two | 6 × 7 = 43 | ১,৪২ | ৪২ থেকে ৪৩ | no, 42 na
"""


@pytest.mark.parametrize("typed", NOT_42.replace("\n", "|").strip("|").split("|"))
def test_what_has_the_number_in_it_and_does_not_say_it(typed: str) -> None:
    with suppress(Mistake):
        assert not check(typed.strip(), "42", AnswerKind.NUMBER).correct


@pytest.mark.parametrize(
    ("typed", "answer", "unit"),
    [
        ("৫ কিঃমিঃ", "5", "km"),
        ("৫ সে. মি.", "5", "cm"),
        ("২ টাকা ৫০ পয়সা", "2.5", "taka"),
        ("1h 30m", "90", "minute"),
        ("দেড় ঘণ্টা", "90", "minute"),
        ("quarter of an hour", "15", "minute"),
        ("ঘণ্টায় ৬০ কিমি", "60", "km/h"),
        ("10 m/s", "36", "km/h"),
        ("৫ ফুট ৬ ইঞ্চি", "66", "inch"),
        ("24 cm squared", "24", "cm2"),
        ("24 sq. cm.", "24", "cm2"),
        ("1 acre", "100", "decimal"),
        ("৫ শতাংশ", "5", "decimal"),
        ("৩ বছর ৬ মাস", "42", "month"),
        ("5 sq m", "50000", "cm2"),
    ],
)
def test_units_as_they_are_written(typed: str, answer: str, unit: str) -> None:
    assert check(typed, answer, AnswerKind.NUMBER, None, unit).correct


@pytest.mark.parametrize(
    ("typed", "answer", "unit"),
    [
        ("5 sq m", "5", "cm2"),
        ("60 m/s", "60", "km/h"),
        ("60 km", "60", "km/h"),
        ("$40 taka", "40", "taka"),
        ("Rs 40/-", "40", "taka"),
        ("40 paisa", "40", "taka"),
        ("2 kg 1500 g", "3.5", "kg"),
        ("500 m 2 km", "2.5", "km"),
        ("2.30 hours", "2.5", "hour"),
        ("20 m", "20", "minute"),
    ],
)
def test_other_measures_are_refused(typed: str, answer: str, unit: str) -> None:
    with suppress(Mistake):
        assert not check(typed, answer, AnswerKind.NUMBER, None, unit).correct


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("6 × 7 = 42 or 43", "43"),
        ("1/2 = 0.5 or 1/3", "1/3"),
        ("3/4 = 6/8, 1/2", "1/2"),
        ("x = 1/2, x = 1/3", "1/3"),
    ],
)
def test_of_two_answers_the_last_is_not_taken(typed: str, answer: str) -> None:
    with pytest.raises(Mistake) as caught:
        check(typed, answer, AnswerKind.FRACTION)
    assert caught.value.view == "practice.two_answers"


@pytest.mark.parametrize(
    "typed",
    [
        "290 - 250 = 40\n40 + 2 = 42",
        "2x = 84, x = 42",
        "x = 44 - 2\nx = 42",
        "3x = 126 বা, x = 126/3 বা, x = 42",
        "2x = 84 => x = 42",
        "6 × 7 = 42 (forty-two)",
    ],
)
def test_working_before_the_answer_is_passed_over(typed: str) -> None:
    assert check(typed, "42", AnswerKind.NUMBER).correct
