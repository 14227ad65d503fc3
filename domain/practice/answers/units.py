"""Units that a problem's answer may have, the words students write for them, and conversion."""

from dataclasses import dataclass
from fractions import Fraction

from domain.practice.answers.numerals import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` of its dimension's smallest unit. Only one dimension converts in itself."""

    key: str
    dimension: str
    factor: Fraction


_TABLE: tuple[tuple[str, str, str, str], ...] = (
    # key, dimension, factor, words; a Bengali word is given without its case ending
    ("taka", "taka", "100", "taka takas tk tks bdt ৳ টাকা টাঃ tke takay"),
    ("paisa", "taka", "1", "paisa poisha paise পয়সা"),
    ("dollar", "dollar", "100", "dollar dollars dolar usd $ ডলার"),
    ("cent", "dollar", "1", "cent cents সেন্ট"),
    ("rupee", "rupee", "1", "rupee rupees rupi rupia rs inr ₹ রুপি রুপী"),
    ("euro", "euro", "1", "euro euros eur € ইউরো"),
    ("pound", "pound", "1", "pound pounds gbp £ পাউন্ড"),
    ("mg", "mass", "1/1000", "mg milligram milligrams মিলিগ্রাম মিগ্রা"),
    ("g", "mass", "1", "g gm gms gram grams গ্রাম গ্রা"),
    ("kg", "mass", "1000", "kg kgs keji kilo kilos kilogram kilograms কেজি কিলো কিলোগ্রাম কিগ্রা"),
    ("quintal", "mass", "100000", "quintal quintals কুইন্টাল"),
    ("tonne", "mass", "1000000", "tonne tonnes ton tons টন"),
    ("maund", "mass-local", "40", "maund maunds মণ mon"),
    ("ser", "mass-local", "1", "ser সের"),
    ("mm", "length", "1", "mm millimetre millimetres millimeter millimeters মিমি মিলিমিটার"),
    ("cm", "length", "10", "cm cms centimetre centimetres centimeter centimeters সেমি সেন্টিমিটার"),
    ("dm", "length", "100", "dm decimetre decimetres decimeter decimeters ডেসিমিটার ডেসিমি"),
    ("m", "length", "1000", "m metre metres meter meters mitar miter mtr মি মিটার"),
    ("km", "length", "1000000", "km kms kilometre kilometres kilometer kilometers কিমি কিলোমিটার"),
    ("inch", "length-imperial", "1", "inch inches ইঞ্চি inchi"),
    ("foot", "length-imperial", "12", "foot feet ft ফুট fut"),
    ("yard", "length-imperial", "36", "yard yards yd yds গজ goj"),
    ("mile", "length-mile", "1", "mile miles মাইল"),
    ("hectare", "area", "10000000000", "hectare hectares হেক্টর"),
    ("acre", "area-local", "100", "acre acres একর"),
    ("decimal", "area-local", "1", "decimal decimals শতক shotok"),
    ("bigha", "area-bigha", "20", "bigha বিঘা"),
    ("katha", "area-bigha", "1", "katha কাঠা"),
    ("ml", "volume", "1000", "ml millilitre millilitres milliliter milliliters মিলি মিলিলিটার"),
    ("litre", "volume", "1000000", "litre litres liter liters litar ltr lt l লিটার লি"),
    ("second", "time", "1", "second seconds sec secs s সেকেন্ড সেকেণ্ড"),
    ("minute", "time", "60", "minute minutes minit min mins মিনিট"),
    ("hour", "time", "3600", "hour hours hr hrs h ঘণ্টা ঘন্টা ghonta ghanta ghontay"),
    ("day", "time", "86400", "day days দিন din"),
    ("week", "time", "604800", "week weeks wk wks সপ্তাহ"),
    ("month", "calendar", "1", "month months মাস mash"),
    ("year", "calendar", "12", "year years yr yrs বছর বৎসর bochor bosor"),
    ("degree", "angle", "1", "degree degrees deg ° ডিগ্রি ডিগ্রী"),
    ("right-angle", "angle", "90", "সমকোণ"),
)
_FOREIGN = (
    "yen yuan riyal rial dirham dinar ringgit ইয়েন রিয়াল দিরহাম lb lbs ounce ounces oz gallon "
    "gallons pint pints mph carat bhori tola ভরি তোলা পোয়া ছটাক kelvin radian radians fahrenheit"
)
"""Measures that no problem asks for: known, so that none passes for a mere word."""
_SPEEDS = {"kmph": "km/h", "kph": "km/h", "kmh": "km/h", "kmhr": "km/h", "mps": "m/s"}
_SQUARE_MARKS = frozenset(map(fold, ("square", "sq", "sqr", "বর্গ", "borgo")))
_CUBIC_MARKS = frozenset(map(fold, ("cubic", "cu", "ঘন", "ghono")))
RAISING = _SQUARE_MARKS | _CUBIC_MARKS
"""Folded words that make a unit of area or volume of the unit of length after them."""
_ENDINGS = tuple(map(fold, ("র", "ের", "এর", "য়", "ে", "তে", "েতে", "েই", "ই", "টি", "টা", "খানা")))

UNITS = {key: Unit(key, dimension, Fraction(factor)) for key, dimension, factor, _ in _TABLE}
_LENGTHS = tuple(key for key, unit in UNITS.items() if unit.dimension == "length")
UNITS |= {f"{key}2": Unit(f"{key}2", "area", UNITS[key].factor ** 2) for key in _LENGTHS}
UNITS |= {f"{key}3": Unit(f"{key}3", "volume", UNITS[key].factor ** 3) for key in _LENGTHS}
UNITS |= {
    key: Unit(key, "speed", UNITS[way].factor / UNITS[time].factor)
    for key, way, time in (("m/s", "m", "second"), ("km/h", "km", "hour"))
}
RATE = Unit("rate", "rate", Fraction(1))
"""Any unit per another: known as a unit, convertible into none."""

_BY_WORD = {fold(word): UNITS[key] for key, _, _, words in _TABLE for word in words.split()}
_BY_WORD |= {word: UNITS[key] for word, key in _SPEEDS.items()}
_BY_WORD |= dict.fromkeys(map(fold, _FOREIGN.split()), RATE)
_BY_WORD |= {"cc": UNITS["cm3"], "sqm": UNITS["m2"], "sqcm": UNITS["cm2"], "sqft": RATE}


def find(word: str) -> Unit | None:
    """The unit that this folded word names, a Bengali one with its case ending or without."""
    if word in _BY_WORD:
        return _BY_WORD[word]
    if word[-1:] in ("2", "3"):
        base = _BY_WORD.get(word[:-1])
        return raised(base, f"^{word[-1]}") if base else None
    for mark in RAISING:
        if word.startswith(mark) and (base := _uninflected(word[len(mark) :])):
            return raised(base, mark)
    return _uninflected(word)


def raised(base: Unit, mark: str) -> Unit | None:
    """`base` squared or cubed by a word such as "square" or "^3"; None if it is no such word."""
    if mark in _SQUARE_MARKS or mark == "^2":
        return UNITS.get(f"{base.key}2")
    if mark in _CUBIC_MARKS or mark == "^3":
        return UNITS.get(f"{base.key}3")
    return None


def _uninflected(word: str) -> Unit | None:
    for ending in ("", *_ENDINGS):
        stem = word.removesuffix(ending)
        if word.endswith(ending) and (len(stem) > 1 or not ending) and stem in _BY_WORD:
            return _BY_WORD[stem]
    return None


def per(unit: Unit, other: Unit) -> Unit:
    """One unit per another: a speed, a price counted as its money, or some other rate."""
    if unit.dimension == "length" and other.dimension == "time":
        return Unit(f"{unit.key}/{other.key}", "speed", unit.factor / other.factor)
    return unit if unit.dimension == "taka" else RATE


def converted(value: Fraction, unit: Unit, into: Unit) -> Fraction | None:
    """`value` counted in another unit; None if the two measure different things."""
    if unit.dimension != into.dimension or RATE in (unit, into):
        return None
    return value * unit.factor / into.factor
