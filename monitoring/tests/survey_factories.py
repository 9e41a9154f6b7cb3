"""Plain test data of surveys; every value can be given. All is published."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from goals.choices import Publication
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_school,
)
from herne_bildung.lib import clock
from monitoring.models import AskedGroup, Instrument, Wave

_numbers = count(1)


def make_group(name: str = "Eltern", **values: Any) -> AskedGroup:
    values.setdefault("key", f"gruppe-{next(_numbers):05}")
    return AskedGroup.objects.create(name_de=name, **values)


def make_instrument(name: str = "Befragung", **values: Any) -> Instrument:
    values.setdefault("slug", f"befragung-{next(_numbers):05}")
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


def make_whole_survey(slug: str) -> Instrument:
    """A survey with all that its page can show; three waves, two of them this year."""
    today = clock.today()
    year = today.replace(month=1, day=1)
    survey = make_instrument(
        "Ganze Befragung",
        slug=slug,
        about_de="Wie es Familien geht.",
        target_de="Eltern",
        where_de="in allen Kitas",
        first_year=2008,
        participation_de="58 Prozent",
        legal_basis_de="freiwillig",
        status_note_de="läuft",
        source_title="Bericht",
        source_quote="Die Beteiligung lag bei 58 Prozent.",
        organisation=make_organisation("Amt"),
    )
    eltern, kinder = make_group("Eltern", order=1), make_group("Kinder", order=2)
    make_wave(
        survey,
        year,
        eltern,
        title_de="Frühjahr",
        invited=120,
        answered=60,
        findings_text_de="Die meisten sind zufrieden.",
        reported_on=year + timedelta(days=14),
        reported_how_de="mit einem Aushang",
        report_url="https://example.org/bericht",
    )
    make_wave(
        survey,
        year + timedelta(days=200),
        eltern,
        kinder,
        title_de="Sommer",
        ends_on=year + timedelta(days=240),
        organisations=[make_organisation("Kita")],
        schools=[make_school("Schule")],
        districts=[make_district("Bezirk der Befragung")],
        invited=40,
        answered=3,
    )
    make_wave(survey, year - timedelta(days=500), eltern, title_de="Lange her")
    return survey
