"""Plain test data of counselling; every value can be given."""

from datetime import time
from itertools import count
from typing import Any

from django.db import transaction

from counselling.choices import ConcernGroup, Hours
from counselling.models import (
    Concern,
    ContactRole,
    CounsellingOffice,
    OfficeConcern,
    OpeningHours,
)

_numbers = count(1)


def make_concern(name: str = "", **values: Any) -> Concern:
    number = next(_numbers)
    values.setdefault("key", f"anliegen-{number}")
    values.setdefault("group", ConcernGroup.SCHOOL)
    return Concern.objects.create(name_de=name or f"Anliegen {number}", **values)


@transaction.atomic
def make_office(
    name: str = "",
    *,
    concerns: list[Concern] | tuple = (),
    also: list[Concern] | tuple = (),
    hours: list[tuple[int, str, str]] | None = None,
    **values: Any,
) -> CounsellingOffice:
    """A published office with its general contact. `hours`: weekday, from, to;
    `also`: concerns that are not its main task.
    """
    number = next(_numbers)
    values.setdefault("name_de", name or f"Beratungsstelle {number}")
    values.setdefault("summary_de", "Kurz gesagt.")
    values.setdefault("slug", f"stelle-{number}")
    values.setdefault("state", CounsellingOffice.State.PUBLISHED)
    if hours is not None:
        values.setdefault("hours", Hours.KNOWN)
    office = CounsellingOffice.objects.create(**values)
    make_role(office, "Auskunft", is_general=True)
    for concern in concerns:
        OfficeConcern.objects.create(office=office, concern=concern)
    for concern in also:
        OfficeConcern.objects.create(office=office, concern=concern, is_main=False)
    for weekday, opens, closes in hours or ():
        OpeningHours.objects.create(
            office=office,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
    return office


def make_role(office: CounsellingOffice, title: str = "", **values: Any) -> ContactRole:
    return ContactRole.objects.create(
        office=office, title_de=title or f"Rolle {next(_numbers)}", **values
    )
