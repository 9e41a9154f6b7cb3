"""Warns when two waves reach the same group at the same place too soon.

Statistics of files ask nobody and disturb nobody. Drafts count: whoever plans wants to
know of plans. `AskedGroup.rest_weeks` says how long a group is left in peace: from the
last day of one wave to the first of the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from monitoring.models import AskedGroup, Wave
from monitoring.surveys.reach import Geography, Planned, SharedPlace, planned

# So many waves are looked at together; nobody plans more in two years.
MOST_WAVES = 1000


@dataclass(frozen=True, slots=True)
class Collision:
    """Two waves, the earlier one first. `days` lie between them, fewer than `weeks`
    weeks; zero where they overlap or touch.
    """

    first: Planned
    second: Planned
    groups: tuple[int, ...]
    places: tuple[SharedPlace, ...]
    days: int
    weeks: int

    @property
    def is_overlapping(self) -> bool:
        return self.second.starts_on <= self.first.ends_on

    def other(self, pk: int | None) -> Planned:
        """The wave that is not the one of this id."""
        return self.second if self.first.pk == pk else self.first


def rests() -> dict[int, int]:
    """How many weeks each group is left in peace, by its id."""
    return dict(AskedGroup.objects.values_list("pk", "rest_weeks"))


def meets(
    one: Planned, other: Planned, rest: Mapping[int, int], geography: Geography
) -> Collision | None:
    """The collision of two waves, if they are one."""
    first, second = sorted(
        (one, other), key=lambda wave: (wave.starts_on, wave.ends_on)
    )
    days = max(0, (second.starts_on - first.ends_on).days)
    is_overlapping = second.starts_on <= first.ends_on
    groups = [
        pk
        for pk in first.groups & second.groups
        if is_overlapping or days < 7 * rest.get(pk, 0)
    ]
    if not groups:
        return None
    places = geography.shared(first, second)
    if not places:
        return None
    weeks = max(rest.get(pk, 0) for pk in groups)
    return Collision(first, second, tuple(sorted(groups)), tuple(places), days, weeks)


def among(
    waves: Iterable[Planned], rest: Mapping[int, int], geography: Geography
) -> list[Collision]:
    """All collisions among these waves, in the order of time."""
    in_order = sorted(waves, key=lambda wave: (wave.starts_on, wave.ends_on, wave.pk))
    longest = timedelta(weeks=max(rest.values(), default=0))
    found, running = [], []
    for wave in in_order:
        running = [one for one in running if one.ends_on + longest >= wave.starts_on]
        met = (meets(one, wave, rest, geography) for one in running)
        found += [collision for collision in met if collision]
        running.append(wave)
    return found


def of(
    wave: Planned, others: Iterable[Planned], rest: Mapping[int, int], geo: Geography
) -> list[Collision]:
    """The collisions of one wave, in the order of time."""
    met = (meets(wave, other, rest, geo) for other in others)
    found = [collision for collision in met if collision]
    return sorted(found, key=lambda one: (one.first.starts_on, one.second.starts_on))


def surveys() -> QuerySet[Wave]:
    """Waves in which people are asked, whatever their state, with all places."""
    return Wave.objects.filter(instrument__is_survey=True).prefetch_related(
        "groups", "organisations", "schools", "districts"
    )


def around(first: date, last: date, rest: Mapping[int, int]) -> list[Planned]:
    """Waves so near to these days that they may collide with one in them."""
    longest = timedelta(weeks=max(rest.values(), default=0))
    near = surveys().filter(starts_on__lte=last + longest, ends_on__gte=first - longest)
    return [planned(wave) for wave in near.order_by("starts_on", "pk")[:MOST_WAVES]]


@dataclass(frozen=True, slots=True)
class Checked:
    """The collisions of one wave, and what is needed to name them."""

    collisions: Sequence[Collision]
    geography: Geography


def check(wave: Planned) -> Checked:
    """The collisions of a wave that is being planned; a fixed number of queries."""
    rest = rests()
    near = [
        one for one in around(wave.starts_on, wave.ends_on, rest) if one.pk != wave.pk
    ]
    others = [one for one in near if one.groups & wave.groups]
    geography = Geography([wave, *others])
    return Checked(of(wave, others, rest, geography), geography)
