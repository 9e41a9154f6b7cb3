"""Plain test data of surveys; every value can be given. All is published."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from goals.choices import Publication
from herne_bildung.lib import clock
from monitoring.models import AskedGroup, Instrument, Wave

_numbers = count(1)


def make_group(name: str = "Eltern", **values: Any) -> AskedGroup:
    values.setdefault("key", f"gruppe-{next(_numbers)}")
    return AskedGroup.objects.create(name_de=name, **values)


def make_instrument(name: str = "Befragung", **values: Any) -> Instrument:
    values.setdefault("slug", f"befragung-{next(_numbers)}")
    values.setdefault("state", Publication.PUBLISHED)
    return Instrument.objects.create(name_de=name, **values)


def make_wave(
    instrument: Instrument | None = None,
    starts_on: date | None = None,
    *groups: AskedGroup,
    **values: Any,
) -> Wave:
    """At all places of the city unless `organisations`, `schools` or `districts` say
    where; of one week unless `ends_on` says otherwise.
    """
    starts_on = starts_on or clock.today()
    values.setdefault("title_de", f"Welle {next(_numbers)}")
    values.setdefault("ends_on", starts_on + timedelta(days=6))
    values.setdefault("state", Publication.PUBLISHED)
    places = {
        name: values.pop(name)
        for name in ("organisations", "schools", "districts")
        if name in values
    }
    values.setdefault("is_everywhere", not places)
    wave = Wave.objects.create(
        instrument=instrument or make_instrument(), starts_on=starts_on, **values
    )
    wave.groups.set(groups)
    for name, rows in places.items():
        getattr(wave, name).set(rows)
    return wave
