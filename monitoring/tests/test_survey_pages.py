"""Pages of surveys: what is known, who is asked when, and what came back."""

from datetime import date, time, timedelta

import icalendar
import pytest

from goals.tests.factories import make_measure
from herne_bildung.city import reference
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_school,
)
from herne_bildung.lib import clock, page_cache
from herne_bildung.lib.clock import at
from monitoring.tests.factories import make_indicator
from monitoring.tests.survey_factories import make_group, make_instrument, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
HIDDEN = "Qqgeheim"
LIST = "/en/monitoring/befragungen/"


@pytest.fixture(autouse=True)
def today():
    clock.shift(at(TODAY, time(10)) - clock.now())
    reference.forget()
    page_cache.outdate()
    yield
    clock.shift(timedelta())
    page_cache.outdate()
    reference.forget()


def titles(waves: list[dict]) -> list[str]:
    return [wave["title"].text for wave in waves]


def test_a_year_shows_its_waves_in_order_and_surveys_what_is_known(client):
    survey = make_instrument(
        "Elternbefragung",
        slug="eltern",
        target_de="Eltern",
        cycle="two_years",
        first_year=2008,
        participation_de="58 Prozent",
    )
    make_wave(survey, TODAY + timedelta(20), title_de="Zweite")
    make_wave(survey, date(2026, 1, 5), title_de="Erste")
    make_wave(survey, date(2025, 12, 29), title_de="Über Neujahr")
    make_wave(survey, date(2024, 5, 5), title_de="Lange her")

    shown = client.get(LIST).context["calendar"]
    former = client.get(f"{LIST}?year=2024").context["calendar"]

    assert titles(shown.waves) == ["Über Neujahr", "Erste", "Zweite"]
    assert [one["year"] for one in shown.years] == [2026, 2025, 2024]
    assert titles(former.waves) == ["Lange her"]
    [one] = shown.surveys
    assert {**one, "name": one["name"].text, "target": one["target"].text} == {
        "name": "Elternbefragung",
        "url": "/en/monitoring/befragungen/eltern/",
        "is_survey": True,
        "is_sample": False,
        "target": "Eltern",
        "cycle": "every two years",
        "since": 2008,
        "participation": one["participation"],
        "next": "December 14, 2026 – December 20, 2026",
    }
    assert one["participation"].text == "58 Prozent"


def test_without_dated_waves_the_calendar_says_so(client):
    make_instrument("Elternbefragung")

    page = client.get(LIST)

    assert "No survey with a date is entered." in page.text
    assert page.context["calendar"].years == []
    assert page.cookies == {}


@pytest.mark.parametrize("year", ["1900", "x", "99999999", "2026 "])
def test_a_year_without_waves_is_said(client, year):
    make_wave(None, TODAY)

    shown = client.get(LIST, {"year": year}).context["calendar"]

    assert (shown.year, shown.is_year_known) == (2026, False)


def test_hidden_surveys_waves_and_organisations_are_nowhere(client):
    group = make_group()
    hidden = make_organisation(HIDDEN, status="hidden")
    seen = make_wave(
        make_instrument("Sichtbar", slug="sichtbar", internal_note=HIDDEN),
        TODAY,
        group,
        organisations=[hidden],
        organisation=hidden,
        internal_note=HIDDEN,
    )
    seen.instrument.organisation = hidden
    seen.instrument.indicators.add(make_indicator(HIDDEN, state="draft"))
    seen.instrument.measures.add(make_measure(HIDDEN, state="internal"))
    seen.instrument.save()
    make_wave(seen.instrument, TODAY, group, title_de=HIDDEN, state="internal")
    closed = make_instrument(HIDDEN, slug="zu", state="internal")
    make_wave(closed, TODAY, group, title_de=HIDDEN)

    addresses = [LIST, f"{LIST}sichtbar/", f"{LIST}jahr/2026/", f"{LIST}termine.ics"]
    pages = [client.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * 4
    assert [HIDDEN in page.content.decode() for page in pages] == [False] * 4
    assert client.get(f"{LIST}zu/").status_code == 404
    assert client.get(f"{LIST}jahr/2025/").status_code == 404


def test_the_page_of_a_survey_says_what_is_not_known(client):
    survey = make_instrument("Befragung", slug="b", source_quote="So steht es da.")
    indicator = make_indicator("Anteil", slug="anteil")
    survey.indicators.add(indicator)

    page = client.get(f"{LIST}b/")

    facts = page.context["survey"].facts
    assert [(fact["label"], fact["value"]) for fact in facts] == [
        ("Who is asked", "not known"),
        ("Where", "not known"),
        ("How often", "not known"),
        ("Since", "not known"),
        ("Participation", "not known"),
        ("Legal basis", "not known"),
    ]
    assert '<a href="/en/monitoring/anteil/"' in page.text
    assert "No dates are entered." in page.text


def test_a_wave_says_who_where_by_whom_and_on_what_basis(client):
    organisation = make_organisation("Kita", slug="kita")
    wave = make_wave(
        make_instrument("Befragung", slug="b", legal_basis_de="Gesetz"),
        TODAY,
        make_group("Eltern"),
        organisations=[organisation],
        schools=[make_school("Schule", slug="schule")],
        districts=[make_district("Wanne")],
        organisation=make_organisation("Amt", slug="amt"),
    )

    [shown] = client.get("/de/monitoring/befragungen/b/").context["survey"].waves

    assert (
        [(one["name"].text, one["url"]) for one in shown["places"]],
        [group.text for group in shown["groups"]],
        shown["by"]["name"].text,
        shown["legal_basis"].text,
        shown["pk"],
    ) == (
        [
            ("Kita", "/de/anbieter/kita/"),
            ("Schule", "/de/schulen/schule/"),
            ("Wanne", ""),
        ],
        ["Eltern"],
        "Amt",
        "Gesetz",
        wave.pk,
    )


def test_the_year_stands_as_a_table_and_as_a_list(client):
    eltern = make_group("Eltern", order=2)
    kinder = make_group("Kinder", order=1)
    survey = make_instrument("Befragung")
    both = make_wave(
        survey, date(2026, 2, 20), eltern, kinder, ends_on=date(2026, 3, 2)
    )
    only = make_wave(survey, date(2026, 3, 9), eltern)
    nobody = make_wave(survey, date(2026, 12, 30))

    page = client.get(f"{LIST}jahr/2026/").context["overview"]

    cells = {
        month["label"]: [[one["url"] for one in cell] for cell in month["cells"]]
        for month in page.months
    }
    a, b, c = (f"#wave-{one.pk}" for one in (both, only, nobody))
    empty = [[], [], []]
    assert [group.text for group in page.groups] == [
        "Kinder",
        "Eltern",
        "group not known",
    ]
    assert {label: row for label, row in cells.items() if row != empty} == {
        "February": [[a], [a], []],
        "March": [[a], [a, b], []],
        "December": [[], [], [c]],
    }
    assert [wave["pk"] for wave in page.waves] == [both.pk, only.pk, nobody.pk]
    assert client.get(f"{LIST}jahr/2027/").context["overview"].count == 1


def test_waves_stand_in_a_calendar_as_whole_days(client):
    survey = make_instrument("Befragung", slug="b")
    wave = make_wave(survey, TODAY, title_de="2026", ends_on=TODAY + timedelta(2))
    make_wave(survey, TODAY - timedelta(200))
    make_wave(survey, TODAY, is_sample=True)

    found = client.get(f"{LIST}termine.ics")

    assert found.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(found.content).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (TODAY, TODAY + timedelta(3))
    assert str(event["SUMMARY"]) == "Befragung: 2026"
    assert str(event["URL"]).endswith(f"/en/monitoring/befragungen/b/#wave-{wave.pk}")


def fill(number: int) -> None:
    survey = make_instrument(slug="b")
    for _ in range(number):
        values = {
            "organisations": [make_organisation()],
            "schools": [make_school()],
            "districts": [make_district()],
            "organisation": make_organisation(),
        }
        make_wave(survey, TODAY, make_group(), **values)
        make_wave(None, TODAY, make_group(), **values)
        survey.indicators.add(make_indicator())
        survey.measures.add(make_measure())


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("rest", "queries"), [("", 10), ("jahr/2026/", 6), ("b/", 9), ("termine.ics", 1)]
)
def test_queries(client, django_assert_num_queries, number, rest, queries):
    fill(number)
    client.get(f"{LIST}{rest}?page=1")
    page_cache.outdate()

    with django_assert_num_queries(queries):
        client.get(f"{LIST}{rest}")
