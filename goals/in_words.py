"""What pages of the action goals say in the same way: status, source, who answers."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goals.choices import ChallengeStatus, MeasureStatus
from goals.models import Goal, Measure, OrganisationRole, Period
from herne_bildung.city.contact import phone_url
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, isolated, localized_entry

# The kind and the icon of a badge, by status.
LOOKS = {
    MeasureStatus.UNKNOWN: ("", "question"),
    MeasureStatus.PLANNED: ("", "calendar"),
    MeasureStatus.RUNNING: ("info", "arrow-right"),
    MeasureStatus.PAUSED: ("warning", "clock"),
    MeasureStatus.DONE: ("success", "check"),
    MeasureStatus.GIVEN_UP: ("", "close"),
    ChallengeStatus.OPEN: ("warning", "question"),
    ChallengeStatus.WORKED_ON: ("info", "arrow-right"),
    ChallengeStatus.SOLVED: ("success", "check"),
}


def status_badge(entry: Model) -> dict[str, str]:
    """The status of a measure or a challenge as `components/badge.html` has it."""
    kind, icon = LOOKS[entry.status]
    text = _("Status: %(status)s") % {"status": entry.get_status_display()}
    return {"text": text, "kind": kind, "icon": icon}


def measures_in_words(number: int) -> str:
    """ "3 measures"."""
    return ngettext("%(number)s measure", "%(number)s measures", number) % {
        "number": number
    }


def part_of_measures(part: int, total: int) -> str:
    """ "2 of 3 measures": never a percentage."""
    words = ngettext(
        "%(part)s of %(total)s measure", "%(part)s of %(total)s measures", total
    )
    return words % {"part": part, "total": total}


def by_status(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """How many of these measures have each status, in the order of the statuses."""
    return counted_by_status(Counter(measure.status for measure in measures))


def counted_by_status(counts: Counter[str]) -> list[dict[str, Any]]:
    """The same of numbers by status: those there are, what is not known last."""
    total = counts.total()
    order = [*MeasureStatus.choices[1:], MeasureStatus.choices[0]]
    return [
        {
            "status": status,
            "label": str(label),
            "number": counts[status],
            "text": part_of_measures(counts[status], total),
        }
        for status, label in order
        if counts[status]
    ]


def years(period: Period) -> str:
    """ "2013–2017", the first year first also where one reads from the right."""
    return isolated(str(period), get_language())


def goal_url(goal: Goal) -> str:
    """The page of a goal; its period is at hand."""
    return reverse("goal", args=[goal.period.slug, goal.slug])


def goal_link(goal: Goal, language: str) -> dict[str, Any]:
    """A goal among others: its title, its number and its period."""
    return {
        "title": localized_entry(goal, "title", language),
        "number": goal.number,
        "period": years(goal.period),
        "url": goal_url(goal),
    }


def measure_link(measure: Measure, language: str) -> dict[str, Any]:
    """A measure on the page of its goal."""
    return {
        "title": localized_entry(measure, "title", language),
        "period": years(measure.goal.period),
        "url": f"{goal_url(measure.goal)}#measure-{measure.pk}",
    }


def period_step(period: Period) -> dict[str, str]:
    """A period in a breadcrumb."""
    return {"label": years(period), "url": reverse("period", args=[period.slug])}


def goals_step() -> dict[str, str]:
    """The overview in a breadcrumb: the way back up."""
    return {"label": _("Action goals"), "url": reverse("goals")}


def responsible(
    organisation: Organisation | None, role: OrganisationRole | None, language: str
) -> dict[str, Any] | None:
    """Who answers for an entry: an organisation and a role in one; None where nobody
    is named. The organisation of the role is named where none else is.
    """
    organisation = organisation or (role and role.organisation)
    if organisation is None:
        return None
    has_page = organisation.status == "active" and organisation.is_provider
    return {
        "organisation": localized_entry(organisation, "name", language),
        "url": reverse("provider", args=[organisation.slug]) if has_page else "",
        "role": role and role_as_shown(role, language),
    }


def role_as_shown(role: OrganisationRole, language: str) -> dict[str, Any]:
    """A role as `components/contact_role.html` has it; a name only while its consent
    lasts.
    """
    return {
        "title": localized_entry(role, "title", language),
        "responsibility": Text(""),
        "name": role.name_on(clock.today()),
        "phone": role.phone,
        "phone_url": phone_url(role.phone),
        "email": role.email,
    }


def source_of(entry: Any) -> dict[str, str]:
    """Where a quotation stands, as `components/quotation.html` has it."""
    return {
        "title": entry.source_title,
        "url": entry.source_url,
        "as_of": entry.as_of,
    }
