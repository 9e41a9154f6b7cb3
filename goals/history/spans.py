"""When an entry was public, and which of its versions anybody could read then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from goals.choices import Publication
from herne_bildung.city.models import EntryVersion

# From a moment to another; None: until now.
Span = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A version, and the moment from which everyone could read it."""

    version: EntryVersion
    since: datetime


def spans(versions: Sequence[EntryVersion], created: datetime) -> list[Span]:
    """When an entry, which is public now, was public. Without versions it never
    changed.
    """
    if not versions:
        return [(created, None)]
    return [span for version, span in _times(versions) if _is_public(version)]


def shown(versions: Sequence[EntryVersion], above: Iterable[Span]) -> list[Shown]:
    """Versions that were public while what the entry hangs on was, oldest first."""
    above, found = list(above), []
    for version, span in _times(versions):
        times = both([span], above) if _is_public(version) else []
        if times:
            found.append(Shown(version, times[0][0]))
    return found


def both(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """When both were public."""
    other, found = list(other), []
    for start, end in one:
        for begin, stop in other:
            ends = [moment for moment in (end, stop) if moment is not None]
            first, last = max(start, begin), min(ends, default=None)
            if last is None or first < last:
                found.append((first, last))
    return found


def _times(versions: Sequence[EntryVersion]) -> list[tuple[EntryVersion, Span]]:
    """Each version with the time until the next one, oldest first."""
    ends = [*(version.at for version in versions[1:]), None]
    return [
        (version, (version.at, end))
        for version, end in zip(versions, ends, strict=False)
    ]


def _is_public(version: EntryVersion) -> bool:
    return version.snapshot.get("state") == Publication.PUBLISHED
