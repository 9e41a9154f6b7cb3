"""How often and when entries are asked for, read once for all that is done together."""

from functools import cached_property

from herne_bildung.freshness.intervals import Intervals
from herne_bildung.freshness.kinds import Kind
from herne_bildung.freshness.pauses import Calendars


class Pace:
    """Pauses, and intervals by kind; nothing is read before it is needed."""

    def __init__(self) -> None:
        self._intervals: dict[str, Intervals] = {}

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars()

    def intervals(self, kind: Kind) -> Intervals:
        """Those of a kind."""
        if kind.name not in self._intervals:
            self._intervals[kind.name] = Intervals(kind)
        return self._intervals[kind.name]
