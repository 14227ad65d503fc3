"""Pictures as the bot would ask for them, in both languages, and at their extremes."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.views.pictures import (
    AxisMark,
    CalendarMonth,
    LegendEntry,
    ProgressPicture,
    Stat,
    StreakPicture,
    TopicBar,
    WeekPoint,
)

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "content" / "fonts"
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
HOSTILE = (
    r"$\frac{1}{2} $x$ \bad{",
    "🔥🎉 中文字 हिन्दी يا",
    "a" * 5000,
    "ক্ষ্ম" * 900,
    "",
    "Z\u0334\u0337a\u0337l\u202e\x00\n\ttwo\ud800",
    "<b>&amp;</b>",
)
LONG_TOPICS = (
    "ভগ্নাংশের গুণ, ভাগ ও দৈনন্দিন জীবনে তার ব্যবহার",
    "অনুপাত, সমানুপাত ও শতকরার বাস্তব সমস্যা",
    "পূর্ণসংখ্যার যোগ-বিয়োগ ও সংখ্যারেখায় উপস্থাপন",
    "বীজগণিতীয় রাশির সরলীকরণ ও উৎপাদকে বিশ্লেষণ",
)


def bengali(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))


BENGALI_STREAK = StreakPicture(
    months=(CalendarMonth("নভেম্বর ২০২৬", NOVEMBER),),
    today=TODAY,
    practised=frozenset(date(2026, 11, day) for day in (2, 3, 8, 9, 10, 19, 20, 21)),
    holidays=frozenset({date(2026, 11, 26)}),
    weekday_names=("রবি", "সোম", "মঙ্গল", "বুধ", "বৃহঃ", "শুক্র", "শনি"),
    stats=(Stat("৩", "দিন টানা এখন"), Stat("১২", "দিন, সবচেয়ে দীর্ঘ")),
    legend=(
        LegendEntry("practised", "অনুশীলন করেছ"),
        LegendEntry("holiday", "ছুটি"),
        LegendEntry("today", "আজ"),
        LegendEntry("weekend", "সাপ্তাহিক ছুটি"),
    ),
    digits=bengali,
)
ENGLISH_STREAK = replace(
    BENGALI_STREAK,
    months=(CalendarMonth("October 2026", OCTOBER), CalendarMonth("November 2026", NOVEMBER)),
    weekday_names=("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"),
    stats=(Stat("3", "days in a row"), Stat("12", "longest streak"), Stat("40", "days in all")),
    legend=(LegendEntry("practised", "Practised"), LegendEntry("holiday", "Holiday")),
    digits=str,
    note="Practise today to keep your streak.",
)
BARE_STREAK = replace(BENGALI_STREAK, stats=(), legend=(), practised=frozenset())
"""A calendar with nothing blue on it but what a test puts there."""

AXIS = (AxisMark(0, "০%"), AxisMark(0.5, "৫০%"), AxisMark(1, "১০০%"))
BENGALI_PROGRESS = ProgressPicture(
    title="তোমার অগ্রগতি",
    topics_title="কোন বিষয় কতটা পারো",
    topics=(
        TopicBar("শতকরা", 0.96, "পারো", "২৪টির ২২টি ঠিক"),
        TopicBar("লাভ-ক্ষতি", 0.5, "শিখছ", "৩১টির ১৬টি ঠিক"),
        TopicBar("ঐকিক নিয়ম", None, "নতুন", ""),
    ),
    weeks_title="সপ্তাহ অনুযায়ী",
    weeks=(
        WeekPoint("১ নভে", 0.7, "৭০%"),
        WeekPoint("৮ নভে", None, ""),
        WeekPoint("১৫ নভে", 0.82, "৮২%"),
    ),
    axis=AXIS,
    empty="এখনও কিছু নেই। /practice দিয়ে শুরু করো।",
)
ENGLISH_PROGRESS = replace(
    BENGALI_PROGRESS,
    title="Your progress",
    topics_title="How well you know each topic",
    topics=(TopicBar("Percent", 1.0, "mastered", "1 of 1 right"),),
    weeks_title="By week",
    weeks=(WeekPoint("This week", 1.0, "100%"),),
    axis=(AxisMark(0, "0%"), AxisMark(1, "100%")),
)
FULL_PROGRESS = replace(
    BENGALI_PROGRESS,
    topics=tuple(
        TopicBar(LONG_TOPICS[number % 4], number / 15, "প্রায় পারো", "১২৩৪টির ১২৩০টি ঠিক")
        for number in range(16)
    ),
    weeks=tuple(
        WeekPoint(bengali(number + 1), (None, 0.0, 0.4, 1.0)[number % 4], "৪৫%")
        for number in range(26)
    ),
)

STREAKS = {
    "Bengali": BENGALI_STREAK,
    "English, two months": ENGLISH_STREAK,
    "nothing practised": replace(BENGALI_STREAK, practised=frozenset(), note="আজই শুরু করো।"),
    "a year without a gap": replace(
        ENGLISH_STREAK, practised=frozenset(TODAY - DAY * number for number in range(365))
    ),
    "six weeks twice": replace(
        ENGLISH_STREAK,
        months=(CalendarMonth("May", date(2026, 5, 1)), CalendarMonth("Aug", date(2026, 8, 1))),
    ),
    "hostile": replace(
        ENGLISH_STREAK,
        months=tuple(CalendarMonth(text, NOVEMBER) for text in HOSTILE[:2]),
        weekday_names=HOSTILE,
        stats=tuple(Stat(text, text) for text in HOSTILE[2:5]),
        legend=(LegendEntry("weekend", HOSTILE[1] * 20), LegendEntry("today", HOSTILE[3])),
        digits=lambda number: HOSTILE[number % len(HOSTILE)],
        note=HOSTILE[0] * 40,
    ),
}
PROGRESSES = {
    "Bengali": BENGALI_PROGRESS,
    "English, one topic, all right": ENGLISH_PROGRESS,
    "sixteen long topics, half a year": FULL_PROGRESS,
    "more than is drawn": replace(
        FULL_PROGRESS, topics=FULL_PROGRESS.topics * 3, weeks=FULL_PROGRESS.weeks * 3
    ),
    "nothing at all": replace(BENGALI_PROGRESS, topics=(), weeks=()),
    "topics only": replace(BENGALI_PROGRESS, weeks=()),
    "weeks only": replace(BENGALI_PROGRESS, topics=()),
    "hostile": ProgressPicture(
        title=HOSTILE[0] * 30,
        topics_title=HOSTILE[1],
        topics=tuple(TopicBar(text, 2.5, text, text) for text in HOSTILE),
        weeks_title=HOSTILE[2],
        weeks=tuple(WeekPoint(text, -3.0, text) for text in HOSTILE),
        axis=tuple(AxisMark(0.3, text) for text in HOSTILE),
        empty=HOSTILE[3],
    ),
}
