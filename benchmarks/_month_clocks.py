"""Local time, found by going through all minutes of a month, one after the other."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from benchmarks._month_plan import DAY, MINUTE, Person, Plan


class Clocks:
    """Of each zone: when its clock first shows a time, found minute by minute."""

    def __init__(self, plan: Plan, times: Iterable[time]) -> None:
        self.moments: dict[tuple[str, time], list[tuple[datetime, date]]] = defaultdict(list)
        wanted = sorted({*times, time()})
        for name in sorted({person.zone for person in plan.people}):
            self._go_through(plan, ZoneInfo(name), name, wanted)

    def _go_through(self, plan: Plan, zone: ZoneInfo, name: str, wanted: list[time]) -> None:
        coming = iter(sorted(datetime.combine(day, at) for day in plan.days for at in wanted))
        following = next(coming)
        now = plan.begin - DAY
        latest = now.astimezone(zone).replace(tzinfo=None)
        while following <= latest:
            following = next(coming)
        while now < plan.end + DAY:
            now += MINUTE
            latest = max(latest, now.astimezone(zone).replace(tzinfo=None))
            while following <= latest:
                self.moments[name, following.time()].append((now, following.date()))
                try:
                    following = next(coming)
                except StopIteration:
                    return

    def midnight_after(self, zone: str, now: datetime) -> datetime:
        return next(at for at, _ in self.moments[zone, time()] if at > now)


def is_quiet(one: Person, at: datetime) -> bool:
    """Whether it lies in the quiet hours of a student, which are from 22 to 7 unless chosen."""
    hours = (22, 7) if one.quiet is None else one.quiet
    if not hours:
        return False
    first, last = hours
    hour = at.astimezone(ZoneInfo(one.zone)).hour
    return first <= hour < last if first < last else hour >= first or hour < last
