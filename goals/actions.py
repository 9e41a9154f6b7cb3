"""Writes of the action goals."""

from datetime import date

from django.db import transaction

from goals.choices import MeasureStatus
from goals.models import Measure, OrganisationRole, StatusChange
from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import noted
from herne_bildung.lib import clock

How = EntryVersion.How


@transaction.atomic
def set_status(
    *, measure: Measure, status: str, reason: str, on: date, by: User | None
) -> StatusChange:
    """Say how far a measure is since a day, and why, in German. Everything that
    changes a status calls this; `by` is None where no person does.

    ValueError for a status that says nothing, or without a reason.
    """
    if status not in MeasureStatus.values[1:] or not reason.strip():
        raise ValueError("a status needs a value and a reason")
    how = How.LOGIN if by else How.CARE
    with noted([measure], by=by, how=how, comment=reason.strip()):
        change = StatusChange.objects.create(
            measure=measure, status=status, on=on, reason_de=reason.strip()
        )
        settle_status(measure)
    return change


def settle_status(measure: Measure) -> None:
    """The status of a measure is that of its latest change; without one not known."""
    latest = measure.status_changes.order_by("-on", "-pk").first()
    measure.status = latest.status if latest else MeasureStatus.UNKNOWN
    measure.save(update_fields=["status", "updated_at"])


def forget_names() -> int:
    """Remove names whose consent has ended. Returns how many."""
    ended = OrganisationRole.objects.filter(name_shown_until__lt=clock.today())
    return ended.update(person_name="", name_consent_on=None, name_shown_until=None)
