"""What staff should look after: waves that collide, and answers that are missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.lib import clock
from herne_bildung.lib.listing import listed
from monitoring.models import AskedGroup, Wave
from monitoring.surveys import collisions
from monitoring.surveys.collisions import Collision
from monitoring.surveys.free_weeks import FreeWeeks, Proposal
from monitoring.surveys.reach import Geography, Planned

# In one sentence; the rest is counted.
MOST_NAMES = 10
MOST_PROPOSED = 8
# So far ahead people plan.
HORIZON = timedelta(days=3 * 365)


def not_reported(waves: QuerySet[Wave], day: date) -> QuerySet[Wave]:
    """Surveys that ended so long ago that those asked should know what came out."""
    end = day - timedelta(weeks=settings.SURVEY_REPORT_WEEKS)
    return waves.filter(
        instrument__is_survey=True, ends_on__lt=end, reported_on=None, is_sample=False
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A collision in words, with both waves."""

    first: Wave
    second: Wave
    text: str


def coming(day: date) -> tuple[list[Collision], Geography]:
    """Collisions in which a wave of today or later takes part; a fixed number of
    queries.
    """
    rest = collisions.rests()
    near = collisions.around(day, day + HORIZON, rest)
    geography = Geography(near)
    found = collisions.among(near, rest, geography)
    return [one for one in found if one.second.ends_on >= day], geography


def said(found: list[Collision], geography: Geography) -> list[Said]:
    """Collisions of stored waves in words."""
    waves = Wave.objects.select_related("instrument").in_bulk(
        {pk for one in found for pk in (one.first.pk, one.second.pk)}
    )
    groups = group_names()
    return [
        Said(
            waves[one.first.pk],
            waves[one.second.pk],
            in_words(one, geography, groups),
        )
        for one in found
    ]


def group_names() -> dict[int, str]:
    return dict(AskedGroup.objects.values_list("pk", "name_de"))


def in_words(one: Collision, geography: Geography, groups: dict[int, str]) -> str:
    """ "Eltern; Kita Nord; 12 days lie between them, 26 weeks should" """
    names = [geography.name(place) for place in one.places]
    places = listed(names[:MOST_NAMES])
    if (more := len(names) - MOST_NAMES) > 0:
        text = ngettext("and %(number)s more place", "and %(number)s more places", more)
        places = f"{places} {text % {'number': more}}"
    if one.is_overlapping:
        apart = _("they overlap")
    else:
        days = ngettext("%(number)s day apart", "%(number)s days apart", one.days) % {
            "number": one.days
        }
        wanted = ngettext(
            "%(number)s week is wanted", "%(number)s weeks are wanted", one.weeks
        ) % {"number": one.weeks}
        apart = f"{days}, {wanted}"
    asked = listed(groups.get(pk, "") for pk in one.groups)
    return f"{asked} – {places}: {apart}"


def days(wave: Planned | Wave | FreeWeeks) -> str:
    """ "01.03.2027 – 07.03.2027"."""
    if isinstance(wave, FreeWeeks):
        first, last = wave.first_day, wave.last_day
    else:
        first, last = wave.starts_on, wave.ends_on
    return " – ".join(
        dict.fromkeys(date_format(day, "SHORT_DATE_FORMAT") for day in (first, last))
    )


def proposed(proposal: Proposal) -> str:
    """Free weeks in a sentence, those with room for the whole wave."""
    if proposal.until is None:
        return _("No free weeks are known: no coming school holidays are entered.")
    until = date_format(proposal.until, "SHORT_DATE_FORMAT")
    found = [days(one) for one in proposal.fitting[:MOST_PROPOSED]]
    if not found:
        return _("Until %(day)s no weeks are free for all of it.") % {"day": until}
    return _("Free weeks until %(day)s: %(weeks)s") % {
        "day": until,
        "weeks": listed(found),
    }


def collision_lines(wave: Planned, checked: collisions.Checked) -> list[str]:
    """The collisions of a wave that is being planned, one a line."""
    others = Wave.objects.select_related("instrument").in_bulk(
        [one.other(wave.pk).pk for one in checked.collisions]
    )
    groups = group_names()
    lines = []
    for one in checked.collisions:
        other = others[one.other(wave.pk).pk]
        text = in_words(one, checked.geography, groups)
        lines.append(f"{other} ({days(other)}): {text}")
    return lines


def overview(year: int, rows: QuerySet[Wave]) -> dict[str, Any]:
    """What the calendar of the administration shows to somebody who sees these rows."""
    today = clock.today()
    found, geography = coming(today)
    seen = set(rows.order_by().values_list("pk", flat=True))
    found = [one for one in found if {one.first.pk, one.second.pk} <= seen]
    waves = (
        rows.filter(starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1))
        .select_related("instrument")
        .prefetch_related("groups")
        .order_by("starts_on", "pk")
    )
    missing = not_reported(rows, today).select_related("instrument")
    return {
        "year": year,
        "collisions": said(found, geography),
        "waves": [(wave, days(wave)) for wave in waves[: collisions.MOST_WAVES]],
        "missing": [(wave, days(wave)) for wave in missing[:100]],
    }
