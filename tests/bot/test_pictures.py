"""The pictures of /streak and /progress, judged by their pixels."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from itertools import groupby

import pytest
from PIL import Image

from bot.views.pictures import TopicBar, WeekPoint, draw_progress, draw_streak, palette
from tests.bot.picture_samples import (
    BARE_STREAK,
    BENGALI_PROGRESS,
    BENGALI_STREAK,
    DAY,
    FONTS,
    FULL_PROGRESS,
    PROGRESSES,
    ROOT,
    STREAKS,
    TODAY,
)

PRIMARY, CARD, ACCENT, GROUND = (
    palette.rgb(colour)
    for colour in (
        palette.PRIMARY,
        palette.CARD,
        palette.ACCENT,
        palette.GROUND,
    )
)
DRAWINGS: dict[str, Callable[[], bytes]] = {
    **{f"streak: {name}": partial(draw_streak, it, FONTS) for name, it in STREAKS.items()},
    **{f"progress: {name}": partial(draw_progress, it, FONTS) for name, it in PROGRESSES.items()},
}


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def count(image: Image.Image, *colours: palette.RGB) -> int:
    return sum(
        number
        for number, colour in image.getcolors(image.width * image.height) or []
        if colour in colours
    )


def rows_with(image: Image.Image, colour: palette.RGB) -> list[int]:
    return [y for y in range(image.height) if count(image.crop((0, y, image.width, y + 1)), colour)]


def stretches(
    image: Image.Image, y: int, inside: Callable[[object], bool] = PRIMARY.__eq__
) -> list[int]:
    """The lengths of the unbroken stretches of such pixels along a line.

    A pixel or two are the smoothed edge of something else, and no stretch.
    """
    line = [inside(image.getpixel((x, y))) for x in range(image.width)]
    lengths = [len(list(group)) for within, group in groupby(line) if within]
    return [length for length in lengths if length > 2]


def coloured(pixel: object) -> bool:
    return pixel not in (CARD, GROUND)


def band_lengths(
    practised: set[int], holidays: set[int], inside: Callable[[object], bool] = PRIMARY.__eq__
) -> list[int]:
    """How long the bands of one week in November are, taken just above their lower edge."""
    image = opened(
        draw_streak(
            replace(
                BARE_STREAK,
                practised=frozenset(date(2026, 11, day) for day in practised),
                holidays=frozenset(date(2026, 11, day) for day in holidays),
                today=date(2026, 12, 31),
            ),
            FONTS,
        )
    )
    return stretches(image, rows_with(image, PRIMARY)[-1] - 12, inside)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_picture_is_a_light_png_for_a_phone(name: str) -> None:
    png = DRAWINGS[name]()
    with Image.open(BytesIO(png)) as image:
        image.verify()
        assert image.format == "PNG"
        assert image.width == 1080
        assert 400 <= image.height <= 1400
    assert len(png) < 120 * 1024
    assert png == DRAWINGS[name](), "the same data gave other bytes"


def test_drawing_is_quick_once_warm() -> None:
    DRAWINGS["progress: sixteen long topics, half a year"]()
    began = time.process_time()
    for _ in range(3):
        DRAWINGS["progress: sixteen long topics, half a year"]()
    # Five times what it takes here: it must fail for a real slip, not for a busy machine.
    assert (time.process_time() - began) / 3 < 1.5


def test_threads_draw_what_one_thread_draws() -> None:
    names = [name for name in DRAWINGS if "hostile" not in name]
    alone = [DRAWINGS[name]() for name in names]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda name: DRAWINGS[name](), names * 2))
    assert together == alone * 2


def test_matplotlib_waits_for_the_first_picture_and_pyplot_is_never_loaded() -> None:
    program = (
        "import sys, datetime, pathlib\n"
        "from bot.views.pictures import ProgressPicture, draw_progress\n"
        "assert not {'matplotlib', 'numpy', 'PIL'} & set(sys.modules), 'loaded too early'\n"
        "draw_progress(ProgressPicture('t', '', (), '', (), (), 'e'), pathlib.Path(sys.argv[1]))\n"
        "assert 'matplotlib' in sys.modules\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(FONTS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_days_in_a_row_are_one_band_and_a_gap_parts_them() -> None:
    single = band_lengths({10}, set())
    apart = band_lengths({9, 11}, set())
    together = band_lengths({9, 10, 11}, set())
    assert len(single) == len(together) == 1
    assert len(apart) == 2
    assert together[0] > sum(apart) > single[0]


def test_a_holiday_between_joins_and_elsewhere_does_not() -> None:
    assert len(band_lengths({9, 11}, {10})) == 2, "a holiday does not count"
    assert len(band_lengths({9, 11}, {10}, coloured)) == 1, "nor does it break"
    assert len(band_lengths({9, 11}, {12}, coloured)) == 3, "a holiday at the end stands alone"


def test_a_band_that_goes_on_in_the_next_week_reaches_the_edge() -> None:
    ends = opened(draw_streak(replace(BARE_STREAK, practised=frozenset({TODAY})), FONTS))
    goes_on = opened(
        draw_streak(replace(BARE_STREAK, practised=frozenset({TODAY, TODAY + DAY})), FONTS)
    )
    y = rows_with(ends, PRIMARY)[len(rows_with(ends, PRIMARY)) // 2]
    edge = ends.width - 36
    assert ends.getpixel((edge, y)) == CARD
    assert goes_on.getpixel((edge, y)) == PRIMARY


def test_today_holidays_and_the_weekend_are_marked() -> None:
    bare = replace(BARE_STREAK, holidays=frozenset())
    elsewhere = opened(draw_streak(replace(bare, today=date(2026, 12, 31)), FONTS))
    today = opened(draw_streak(bare, FONTS))
    holiday = opened(draw_streak(BARE_STREAK, FONTS))
    assert count(elsewhere, PRIMARY) == 0
    assert count(today, PRIMARY) > 500
    assert count(holiday, ACCENT) > 50 > count(today, ACCENT)
    weekend = elsewhere.crop((32 + 28 + 6 * 137, 300, 32 + 28 + 6 * 137 + 40, 301))
    week = elsewhere.crop((32 + 28 + 2 * 137, 300, 32 + 28 + 2 * 137 + 20, 301))
    assert count(weekend, GROUND) > 0 == count(week, GROUND)


def test_a_streak_picture_has_one_month_or_two() -> None:
    for months in ((), BENGALI_STREAK.months * 3):
        with pytest.raises(ValueError, match="one month or two"):
            draw_streak(replace(BENGALI_STREAK, months=months), FONTS)


def bar_length(share: float | None) -> int:
    topics = (TopicBar("শতকরা", share, "", ""),)
    image = opened(draw_progress(replace(BENGALI_PROGRESS, topics=topics, weeks=()), FONTS))
    rows = rows_with(image, PRIMARY)
    return stretches(image, rows[len(rows) // 2])[0] if rows else 0


def test_a_bar_is_as_long_as_its_share() -> None:
    whole = bar_length(1.0)
    assert whole > 350
    assert bar_length(0.5) == pytest.approx(whole / 2, abs=2)
    assert bar_length(0.25) == pytest.approx(whole / 4, abs=2)
    assert bar_length(7.0) == whole
    assert 0 < bar_length(0.0) < 30, "a topic with nothing right was tried all the same"
    assert bar_length(None) == 0


def column_height(share: float | None) -> int:
    weeks = (WeekPoint("১ নভে", share, ""),)
    image = opened(draw_progress(replace(BENGALI_PROGRESS, topics=(), weeks=weeks), FONTS))
    return len(rows_with(image, PRIMARY))


def test_a_column_is_as_high_as_its_share() -> None:
    whole = column_height(1.0)
    assert whole > 150
    assert column_height(0.5) == pytest.approx(whole / 2, abs=2)
    assert 0 < column_height(0.0) < 15
    assert column_height(None) == 0


def test_sixteen_long_names_stay_in_their_rows() -> None:
    image = opened(draw_progress(FULL_PROGRESS, FONTS))
    labels = image.crop((64, 0, 64 + 400, image.height))
    clean = [
        y for y in range(labels.height) if count(labels.crop((0, y, 400, y + 1)), GROUND) == 400
    ]
    first_card = [y for y in clean if 150 < y < 1000]
    dividers = [y for y in first_card if y - 1 not in first_card]
    assert len(dividers) == 15
