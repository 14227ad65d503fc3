"""The words with which numbers are said, in Bengali, in English and in Bengali in Latin letters."""

from collections.abc import Iterator
from fractions import Fraction

from domain.practice.answers.numerals import fold

_NUMBERS = """
0 শূন্য শুন্য zero nil shunno sunno shunyo
1 এক one ek
2 দুই দুটি দুটা দুটো two dui
3 তিন three tin
4 চার four char
5 পাঁচ five pach panch paanch paach
6 ছয় six choy chhoy chhay
7 সাত seven sat saat
8 আট eight aat aath
10 দশ ten dosh
11 এগারো এগার eleven egaro egharo
12 বারো twelve baro
13 তেরো তের thirteen tero
14 চৌদ্দ চোদ্দ fourteen choddo chouddo
15 পনেরো পনের fifteen ponero ponoro
16 ষোলো ষোল sixteen sholo
17 সতেরো সতের seventeen sotero shotero
18 আঠারো আঠার আঠেরো eighteen atharo
19 ঊনিশ nineteen unish
20 বিশ কুড়ি twenty bish kuri
21 একুশ ekush
22 বাইশ baish
23 তেইশ teish
24 চব্বিশ chobbish
25 পঁচিশ pochish pachish
26 ছাব্বিশ chabbish chhabbish
27 সাতাশ satash
28 আটাশ আঠাশ atash athash
29 ঊনত্রিশ unotrish untrish
30 ত্রিশ তিরিশ thirty trish tirish
31 একত্রিশ ektrish ekotrish
32 বত্রিশ botrish
33 তেত্রিশ tetrish
34 চৌত্রিশ choutrish
35 পঁয়ত্রিশ poytrish
36 ছত্রিশ chhotrish
37 সাঁইত্রিশ saitrish
38 আটত্রিশ attrish
39 ঊনচল্লিশ unochollish
40 চল্লিশ forty fourty chollish challish
41 একচল্লিশ ekchollish
42 বিয়াল্লিশ বেয়াল্লিশ biyallish biallish
43 তেতাল্লিশ তেতাল্লিস tetallish
44 চুয়াল্লিশ chuallish chuyallish
45 পঁয়তাল্লিশ poytallish
46 ছেচল্লিশ ছিচল্লিশ chechollish
47 সাতচল্লিশ satchollish
48 আটচল্লিশ atchollish
49 ঊনপঞ্চাশ unoponchash
50 পঞ্চাশ fifty ponchash panchash
51 একান্ন ekanno
52 বায়ান্ন বাহান্ন bayanno bahanno
53 তিপ্পান্ন তেপ্পান্ন tippanno teppanno
54 চুয়ান্ন chuanno
55 পঞ্চান্ন ponchanno
56 ছাপ্পান্ন chappanno
57 সাতান্ন satanno
58 আটান্ন atanno
59 ঊনষাট unoshat
60 ষাট sixty
61 একষট্টি ekshotti
62 বাষট্টি bashotti
63 তেষট্টি teshotti
64 চৌষট্টি choushotti
65 পঁয়ষট্টি poyshotti
66 ছেষট্টি cheshotti
67 সাতষট্টি satshotti
68 আটষট্টি atshotti
69 ঊনসত্তর unosottor unoshottor
70 সত্তর seventy sottor shottor
71 একাত্তর ekattor
72 বাহাত্তর bahattor
73 তিয়াত্তর tiyattor
74 চুয়াত্তর chuattor
75 পঁচাত্তর pochattor pachattor
76 ছিয়াত্তর chiyattor
77 সাতাত্তর satattor
78 আটাত্তর atattor
79 ঊনআশি ঊনাশি unoashi unashi
80 আশি eighty ashi
81 একাশি ekashi
82 বিরাশি birashi
83 তিরাশি tirashi
84 চুরাশি churashi
85 পঁচাশি pochashi
86 ছিয়াশি chiyashi
87 সাতাশি satashi
88 আটাশি অষ্টাশি atashi oshtashi
89 ঊননব্বই unonobboi
90 নব্বই নব্বুই ninety ninty nobboi nobbui
91 একানব্বই ekanobboi
92 বিরানব্বই biranobboi
93 তিরানব্বই tiranobboi
94 চুরানব্বই churanobboi
95 পঁচানব্বই pochanobboi
96 ছিয়ানব্বই chiyanobboi
97 সাতানব্বই satanobboi
98 আটানব্বই atanobboi
99 নিরানব্বই নিরানব্বুই niranobboi
"""
_SCALES = """
12 dozen dozens doz dz ডজন dojon
4 হালি hali
100 hundred hundreds শত শো শ sho shoto
1000 thousand thousands হাজার hajar hazar hajaar hazaar
100000 lakh lakhs lac lacs lak laks lokkho লাখ লক্ষ
1000000 million millions মিলিয়ন
1000000000 billion billions বিলিয়ন
10000000 crore crores কোটি koti kuti
"""
_PARTS = """
2 halves অর্ধাংশ
3 third thirds তৃতীয়াংশ tritiyangsho
4 quarter quarters fourth fourths চতুর্থাংশ choturthangsho
5 fifth fifths পঞ্চমাংশ
6 sixth sixths ষষ্ঠাংশ
7 seventh sevenths সপ্তমাংশ
8 eighth eighths অষ্টমাংশ
9 ninth ninths নবমাংশ
10 tenth tenths দশমাংশ
12 twelfth twelfths দ্বাদশাংশ
20 twentieth twentieths
100 hundredth hundredths
"""
_WHOLE_AND_PART = """
1/2 half হাফ আধা আধ অর্ধেক adha ordhek
1/4 সিকি siki
3/2 দেড় der derh
5/2 আড়াই arai aray
"""
_LEADS = """
1/2 সাড়ে share sare saare
-1/4 পৌনে poune pone paune
1/4 সোয়া sowa soya shoya
"""


def _rows(table: str) -> Iterator[tuple[Fraction, str]]:
    for row in table.split("\n"):
        value, *words = row.split() or [""]
        for word in words:
            for variant in {word, word.replace("ঁ", ""), word.replace("ঊ", "উ")}:
                yield Fraction(value), fold(variant)


NUMBERS = {word: value for value, word in _rows(_NUMBERS)} | {"nine": Fraction(9)}
"""Folded words for whole numbers; নয় is not among them, since it also says "not"."""
SCALES = {word: value for value, word in _rows(_SCALES)}
"""What multiplies the number before it: hundred, লাখ, dozen."""
PARTS = {word: value for value, word in _rows(_PARTS)}
"""The denominators of fractions in words: two thirds, তিন চতুর্থাংশ."""
READY = {word: value for value, word in _rows(_WHOLE_AND_PART)}
"""Numbers that are no whole ones: আধা, দেড়, half."""
LEADS = {word: value for value, word in _rows(_LEADS)}
"""What the word before a number adds to it: সাড়ে তিন is 3 1/2."""
NINE_OR_NOT = frozenset(map(fold, ("নয়", "noy")))
NINE = frozenset(map(fold, ("নয়টি", "নয়টা", "নয়জন")))
TENS = frozenset(map(Fraction, range(20, 100, 10)))
ENGLISH = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty", "thirty"}
    | {"forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety", "ninty"}
)
"""Those that say a two-digit number as two words."""

_COUNTABLE = NUMBERS.keys() | SCALES.keys() | READY.keys()
_HUNDREDS = tuple(map(fold, ("শত", "শো", "শ", "sho", "shoto", "so")))
_COUNTED = tuple(
    map(
        fold,
        ("টি", "টা", "টির", "টার", "জন", "জনের", "খানা", "টিতে", "টিই", "ই", "টে", "ti", "ta", "jon"),
    )
)


def glued_hundreds(word: str) -> Fraction | None:
    """5 of পাঁচশ, পাঁচশো and pachsho; None of other words."""
    for ending in _HUNDREDS:
        if word.endswith(ending):
            head = word.removesuffix(ending)
            if head in (fold("দু"), "du"):
                return Fraction(2)
            if head in NINE_OR_NOT:
                return Fraction(9)
            value = NUMBERS.get(head) or READY.get(head)
            if value and 1 <= value < 100:
                return value
    return None


def uncounted(word: str) -> str:
    """A Bengali word without the ending that counts things: পাঁচ of পাঁচটি."""
    for ending in _COUNTED:
        if word.endswith(ending) and word.removesuffix(ending) in _COUNTABLE:
            return word.removesuffix(ending)
    return word
