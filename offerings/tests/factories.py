"""Plain test data of the catalogue; every value can be given."""

from datetime import date, time
from itertools import count
from typing import Any

from offerings.actions import reindex
from offerings.models import CostOption, Offering, Schedule, Topic

_numbers = count(1)


def make_topic(name: str = "", **values: Any) -> Topic:
    number = next(_numbers)
    values.setdefault("key", f"thema-{number}")
    return Topic.objects.create(name_de=name or f"Thema {number}", **values)


def make_offering(
    title: str = "",
    *,
    topics: list[Topic] | tuple = (),
    places: list | tuple = (),
    schedule: dict[str, Any] | None = None,
    price: str | None = None,
    **values: Any,
) -> Offering:
    """A published offer that the filters already know."""
    number = next(_numbers)
    values.setdefault("title_de", title or f"Angebot {number}")
    values.setdefault("summary_de", "Kurz gesagt.")
    values.setdefault("slug", f"angebot-{number}")
    values.setdefault("state", Offering.State.PUBLISHED)
    offering = Offering.objects.create(**values)
    offering.topics.set(topics)
    offering.places.set(places)
    if schedule is not None:
        make_schedule(offering, **schedule)
    if price is not None:
        CostOption.objects.create(offering=offering, amount=price)
    reindex([offering.pk])
    offering.refresh_from_db()
    return offering


def make_schedule(offering: Offering, **values: Any) -> Schedule:
    """Every Tuesday at 9:30 unless said otherwise."""
    values.setdefault("weekdays", [1])
    values.setdefault("starts_on", date(2026, 1, 6))
    values.setdefault("start_time", time(9, 30))
    return Schedule.objects.create(offering=offering, **values)
