"""When offers take place, as the index knows it: slots, each a part of a day.

One offer on Tuesday mornings and Wednesday evenings has slots for just these, so day,
weekday and time of day are asked for together and the answer is exact. Facets:

    slot    "739500m": on this day (ordinal) in the morning
    perhaps the same in school holidays of which nobody said whether it takes place
    later   "1m": beyond the days known ahead on Tuesdays (0 is Monday) in the morning
    end     "1m660": what it has on Tuesday mornings ends at minute 660 of the day;
            "739500m660" where that is not always the same; "?…" of `perhaps`

By the ends a list knows what of today is over, without writing anything.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, TypeVar

from pyroaring import BitMap

from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import OPEN_END, BitmapIndex
from herne_bildung.lib.filtering import EMPTY, Narrowing
from herne_bildung.lib.schedule import USUAL_LENGTH, Meeting, Rule, meetings

# How far ahead the days of an offer are known to the filters.
HORIZON = timedelta(days=120)
# Rows of the index are written anew at least so often (`actions.look_ahead`).
ROLLING = timedelta(days=35)
# Dates beyond are told by one such span of them.
PATTERN = timedelta(days=62)
DAYTIMES = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}
LETTERS = {name: name[0] for name in DAYTIMES}
WEEK = 7
MINUTES_A_DAY = 24 * 60
# So many answers of each kind are remembered.
KEPT = 24
Slot = tuple[int, str]
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


def letter_of(hour: int) -> str:
    """The part of the day in which an hour lies."""
    found = (name for name, (start, end) in DAYTIMES.items() if start <= hour < end)
    return LETTERS[next(found)]


def weekday_of(ordinal: int) -> int:
    """0 for Monday; the first of all days, 1, was one."""
    return (ordinal - 1) % WEEK


def facts(rules: Iterable[Rule], today: date) -> dict[str, list[str]]:
    """The facets of one offer. Days of the past that are looked at later are none."""
    known_until = today + HORIZON + ROLLING
    sure: dict[Slot, int] = {}
    perhaps: dict[Slot, int] = {}
    later: set[str] = set()
    for rule in rules:
        pattern_until = None
        for meeting in meetings(rule, today):
            letter = letter_of(meeting.start_time.hour)
            if meeting.day <= known_until:
                slots = sure if meeting.is_sure else perhaps
                slot = meeting.day.toordinal(), letter
                slots[slot] = max(slots.get(slot, 0), minute_of_end(meeting))
                continue
            pattern_until = pattern_until or meeting.day + PATTERN
            if meeting.day > pattern_until:
                break
            later.add(f"{meeting.day.weekday()}{letter}")
    return {
        "slot": [f"{day}{letter}" for day, letter in sorted(sure)],
        "perhaps": [f"{day}{letter}" for day, letter in sorted(perhaps)],
        "later": sorted(later),
        "end": [*_ends(sure, ""), *_ends(perhaps, "?")],
    }


def days(found: Mapping[str, Sequence[str]]) -> list[date]:
    """The days of these facets, in order."""
    slots = sorted({*found["slot"], *found["perhaps"]})
    return list(dict.fromkeys(date.fromordinal(int(slot[:-1])) for slot in slots))


def minute_of_end(meeting: Meeting) -> int:
    """Counted from the midnight of its day; past 1440 where it ends the next day."""
    if clock.is_changed_on(meeting.day):
        return clock.minute_of(meeting.end, meeting.day)
    start = meeting.start_time.hour * 60 + meeting.start_time.minute
    if meeting.end_time is None:
        return start + int(USUAL_LENGTH.total_seconds()) // 60
    end = meeting.end_time.hour * 60 + meeting.end_time.minute
    return end if end > start else end + MINUTES_A_DAY


def _ends(slots: Mapping[Slot, int], mark: str) -> list[str]:
    """When slots end: once for a weekday where all its slots end at the same time."""
    of_weekday: dict[Slot, set[int]] = defaultdict(set)
    for (day, letter), end in slots.items():
        of_weekday[weekday_of(day), letter].add(end)
    found = set()
    for (day, letter), end in slots.items():
        weekday = weekday_of(day)
        is_usual = len(of_weekday[weekday, letter]) == 1
        found.add(f"{mark}{weekday if is_usual else day}{letter}{end}")
    return sorted(found)


class Asked(NamedTuple):
    """Ordinals of the first and last day; weekdays ("0" is Monday) and times of day,
    empty for all.
    """

    first: int
    last: int
    weekdays: frozenset[str]
    times: frozenset[str]

    @property
    def cells(self) -> list[str]:
        """Weekdays with times of day: "1m"."""
        weekdays = sorted(self.weekdays) or map(str, range(WEEK))
        letters = [LETTERS[name] for name in sorted(self.times) or DAYTIMES]
        return [f"{weekday}{letter}" for weekday in weekdays for letter in letters]


Cells = Mapping[str, BitMap]


def slots_now(index: BitmapIndex) -> "Slots":
    """The slots of this minute, with what was asked of them, until it passes or an
    entry changes.
    """
    kept = index.derived("slots", dict)
    known = kept.get("now")
    now = Slots(index)
    if known is None or known.moment != now.moment:
        known = kept["now"] = now
    return known


class Slots:
    """What the index says of slots at one moment; it remembers some answers."""

    def __init__(self, index: BitmapIndex) -> None:
        self.index = index
        now = clock.now().astimezone(clock.BERLIN)
        self.today = now.date().toordinal()
        self.minute = clock.minute_of(now, now.date())
        self._cells: dict[tuple[str, int, int], Cells] = {}
        self._narrowings: dict[Asked, Narrowing] = {}
        self._pausing: dict[tuple[int, int], BitMap] = {}

    @property
    def moment(self) -> tuple[int, int]:
        return self.today, self.minute

    def narrowing(self, asked: Asked) -> Narrowing:
        """Who takes place when it is asked for, and of whom that is not known."""
        return _kept(self._narrowings, asked, lambda: self._narrowing(asked))

    def _narrowing(self, asked: Asked) -> Narrowing:
        if asked.last < asked.first:
            return Narrowing(EMPTY, EMPTY)
        sure = self._having("slot", asked)
        unknown = self.perhaps(asked)
        # Days beyond may be known of some offers and not of others.
        known_until = self.today + HORIZON.days
        if asked.last > known_until:
            beyond = self.index.having("later", asked.cells)
            if asked.last >= OPEN_END and asked.first <= known_until:
                sure = sure | beyond
            else:
                unknown = unknown | beyond
        unknown = unknown | (self.index.unknown["slot"] - self._paused(asked))
        return Narrowing(sure, unknown - sure)

    def perhaps(self, asked: Asked) -> BitMap:
        """Who has a date then of which it is not known whether it takes place."""
        return self._having("perhaps", asked)

    def on(self, day: int, times: Iterable[str] = ()) -> BitMap:
        """Who takes place on a day, or perhaps does; of today what is not over."""
        letters = [LETTERS[name] for name in sorted(times) or DAYTIMES]
        found = (
            self._slot(facet, day, letter)
            for facet in ("slot", "perhaps")
            for letter in letters
        )
        return BitMap.union(EMPTY, *found)

    def is_perhaps(self, entry: int, moment: datetime) -> bool:
        """Whether it is not known if an offer takes place then."""
        local = moment.astimezone(clock.BERLIN)
        slot = f"{local.toordinal()}{letter_of(local.hour)}"
        perhaps, sure = self.index.values["perhaps"], self.index.values["slot"]
        return entry in perhaps.get(slot, EMPTY) and entry not in sure.get(slot, EMPTY)

    @cached_property
    def next_end(self) -> int | None:
        """The next minute of today at which something is over."""
        ends = (
            end
            for mark in ("", "?")
            for letter in LETTERS.values()
            for end, _ids in self._ends_of_today.get(f"{mark}{letter}", ())
        )
        return min((end for end in ends if end > self.minute), default=None)

    def _having(self, facet: str, asked: Asked) -> BitMap:
        cells = self._cells_between(facet, asked.first, asked.last)
        wanted = (cells[name] for name in asked.cells if name in cells)
        return BitMap.union(EMPTY, *wanted)

    def _cells_between(self, facet: str, first: int, last: int) -> Cells:
        """Who takes place on which weekday and time between two days."""
        last = min(last, self.today + HORIZON.days + ROLLING.days)

        def found() -> Cells:
            ahead = self._cells_after_today(facet, max(first, self.today + 1), last)
            is_today_asked = first <= self.today <= last
            return self._with_today(facet, ahead) if is_today_asked else ahead

        return _kept(self._cells, (facet, first, last), found)

    def _cells_after_today(self, facet: str, first: int, last: int) -> Cells:
        """Those of all days to come are kept until an entry or the day changes."""
        if first > self.today + 1 or last < self.today + HORIZON.days + ROLLING.days:
            return self._gathered(facet, first, last)
        return self.index.derived(
            ("cells", facet, self.today), lambda: self._gathered(facet, first, last)
        )

    def _gathered(self, facet: str, first: int, last: int) -> Cells:
        known = self.index.values[facet]
        parts: dict[str, list[BitMap]] = defaultdict(list)
        for day in range(first, last + 1):
            for letter in LETTERS.values():
                if ids := known.get(f"{day}{letter}"):
                    parts[f"{weekday_of(day)}{letter}"].append(ids)
        return {name: BitMap.union(*ids) for name, ids in parts.items()}

    def _with_today(self, facet: str, cells: Cells) -> Cells:
        found = dict(cells)
        for letter in LETTERS.values():
            name = f"{weekday_of(self.today)}{letter}"
            left = self._slot(facet, self.today, letter)
            found[name] = found[name] | left if name in found else left
        return found

    def _slot(self, facet: str, day: int, letter: str) -> BitMap:
        ids = self.index.values[facet].get(f"{day}{letter}", EMPTY)
        if day != self.today or not ids:
            return ids
        mark = "" if facet == "slot" else "?"
        ends = self._ends_of_today.get(f"{mark}{letter}", ())
        left = (members for end, members in ends if end > self.minute)
        return ids & BitMap.union(EMPTY, *left)

    @property
    def _ends_of_today(self) -> Mapping[str, Sequence[tuple[int, BitMap]]]:
        return self.index.derived(("ends", self.today), self._find_ends)

    def _find_ends(self) -> dict[str, list[tuple[int, BitMap]]]:
        """By part of the day ("?m" for perhaps): minutes of the end and whose it is."""
        found: dict[str, list[tuple[int, BitMap]]] = defaultdict(list)
        days = str(weekday_of(self.today)), str(self.today)
        for name, ids in self.index.values["end"].items():
            mark = "?" if name.startswith("?") else ""
            day = next(char for char in name if char in LETTERS.values())
            before, _, minute = name.removeprefix("?").partition(day)
            if before in days:
                found[f"{mark}{day}"].append((int(minute), ids))
        return found

    def _paused(self, asked: Asked) -> BitMap:
        """Who pauses on all days asked for."""
        first, last = asked.first, min(asked.last, OPEN_END)
        return _kept(
            self._pausing,
            (first, last),
            lambda: self.index.matching_ranges(
                "paused", lambda low, high: low <= first and last <= high
            ),
        )


def _kept(known: dict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    """What was made for a key; few are kept, for each may have a bit for each offer."""
    if key not in known:
        made = make()
        if len(known) >= KEPT:
            known.clear()
        known[key] = made
    return known[key]
