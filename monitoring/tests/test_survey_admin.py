"""Surveys in the administration: warned before saving, nothing typed is lost."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from goals.tests.administration import said, sent, signed_in
from herne_bildung.city import reference
from herne_bildung.city.models import EntryVersion, SchoolHoliday
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import clock
from herne_bildung.lib.clock import at
from monitoring.models import Instrument, Wave
from monitoring.tests.survey_factories import make_group, make_instrument, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 6)
ADD = "/verwaltung/monitoring/wave/add/"
CALENDAR = "/verwaltung/monitoring/wave/kalender/"


@pytest.fixture(autouse=True)
def today():
    clock.shift(at(TODAY, time(10)) - clock.now())
    reference.forget()
    yield
    clock.shift(timedelta())
    reference.forget()


@pytest.fixture
def group():
    SchoolHoliday.objects.create(
        name="Ferien",
        starts_on=date(2027, 3, 22),
        ends_on=date(2027, 4, 3),
        source_title="Land",
    )
    return make_group("Eltern", rest_weeks=4)


def change_path(wave: Wave) -> str:
    return reverse("admin:monitoring_wave_change", args=[wave.pk])


def filled_in(client, wave: Wave, **values) -> dict:
    """A new wave like another one, of other days."""
    return sent(
        client.get(ADD),
        instrument=wave.instrument_id,
        title_de="Neu",
        groups=[one.pk for one in wave.groups.all()],
        starts_on="2027-02-01",
        ends_on="2027-02-05",
        is_everywhere="on",
        **values,
    )


def errors(page) -> dict:
    return {
        name: [str(one) for one in found]
        for name, found in page.context["adminform"].form.errors.items()
    }


def test_a_collision_is_shown_before_saving_and_seen_with_a_tick(client, group):
    signed_in(client, LEADS)
    kita = make_organisation("Kita Nord")
    near = make_wave(
        make_instrument("Elternbefragung"),
        date(2027, 2, 15),
        group,
        title_de="2027",
        organisations=[kita],
    )
    values = filled_in(client, near, internal_note="bleibt stehen")

    warned = client.post(ADD, values)

    form = warned.context["adminform"].form
    assert Wave.objects.count() == 1
    assert errors(warned) == {
        "seen": [
            said("This survey collides with others:"),
            "Elternbefragung: 2027 (15.02.2027 – 21.02.2027): Eltern – Kita Nord: "
            "10 Tage auseinander, 4 Wochen sind gewünscht",
            said(
                "Free weeks until %(day)s: %(weeks)s",
                day="03.04.2027",
                weeks="11.01.2027 – 17.01.2027",
            ),
        ]
    }
    assert (form["title_de"].value(), form["internal_note"].value()) == (
        "Neu",
        "bleibt stehen",
    )
    assert 'type="checkbox" name="seen"' in warned.text

    again = client.post(ADD, {**values, "seen": "on", "seen_which": "another"})
    client.post(ADD, {**values, "seen": "on", "seen_which": form["seen_which"].value()})

    assert list(errors(again)) == ["seen"]
    assert sorted(Wave.objects.values_list("title_de", flat=True)) == ["2027", "Neu"]


def test_free_weeks_are_proposed(client, group):
    signed_in(client, OFFICE)
    wave = make_wave(None, date(2027, 1, 11), group)

    warned = client.post(ADD, filled_in(client, wave))

    assert errors(warned)["seen"][-1] == said(
        "Free weeks until %(day)s: %(weeks)s",
        day="03.04.2027",
        weeks="15.02.2027 – 21.03.2027",
    )


def test_without_a_collision_it_is_saved_at_once_with_a_history(client, group):
    signed_in(client, OFFICE)
    far = make_wave(None, date(2027, 6, 1), group)

    client.post(ADD, filled_in(client, far))

    saved = Wave.objects.get(title_de="Neu")
    version = EntryVersion.objects.get(model="monitoring.wave", object_id=saved.pk)
    assert version.snapshot["starts_on"] == "2027-02-01"
    assert list(saved.groups.all()) == [group]


def test_what_was_seen_is_not_asked_again_while_days_and_places_stay(client, group):
    signed_in(client, OFFICE)
    wave = make_wave(None, date(2027, 2, 1), group)
    make_wave(None, date(2027, 2, 15), group)
    values = sent(client.get(change_path(wave)), findings_text_de="Zufrieden.")

    client.post(change_path(wave), values)
    moved = client.post(change_path(wave), {**values, "starts_on": "2027-01-31"})

    wave.refresh_from_db()
    assert wave.findings_text_de == "Zufrieden."
    assert "seen" in errors(moved)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"is_everywhere": ""}, "Where are people asked?"),
        ({"organisations": True}, "Either all places of the city, or these alone."),
    ],
)
def test_a_wave_says_where(client, group, values, text):
    signed_in(client, OFFICE)
    far = make_wave(None, date(2027, 6, 1), group)
    if "organisations" in values:
        values = {"organisations": [make_organisation().pk]}

    refused = client.post(ADD, {**filled_in(client, far), **values})

    assert errors(refused) == {"is_everywhere": [said(text)]}


def test_statistics_disturb_nobody(client, group):
    signed_in(client, OFFICE)
    near = make_wave(None, date(2027, 2, 1), group)
    statistic = make_instrument(is_survey=False)

    client.post(ADD, filled_in(client, near) | {"instrument": statistic.pk})

    assert statistic.waves.count() == 1


def test_the_form_of_a_stored_wave_names_collisions_and_free_weeks(client, group):
    signed_in(client, OFFICE)
    wave = make_wave(None, date(2027, 1, 11), group)
    make_wave(make_instrument("Andere"), date(2027, 1, 11), group, title_de="2027")

    page = client.get(change_path(wave)).text

    assert "Andere: 2027 (11.01.2027 – 17.01.2027)" in page
    assert "15.02.2027 – 21.03.2027" in page


def test_the_calendar_shows_collisions_missing_answers_and_the_year(client, group):
    signed_in(client, OFFICE)
    survey = make_instrument("Befragung")
    first = make_wave(survey, date(2027, 2, 1), group, title_de="A", state="draft")
    second = make_wave(survey, date(2027, 2, 10), group, title_de="B")
    missing = make_wave(survey, date(2025, 2, 10), group, title_de="C")
    make_wave(survey, date(2025, 2, 11), title_de="D", reported_on=date(2026, 1, 1))

    page = client.get(CALENDAR)
    former = client.get(CALENDAR, {"year": "2025"}).context

    [one] = page.context["collisions"]
    assert (one.first, one.second) == (first, second)
    assert [wave for wave, _days in page.context["missing"]] == [missing]
    assert [wave.title_de for wave, _days in page.context["waves"]] == ["A", "B"]
    assert [wave.title_de for wave, _days in former["waves"]] == ["C", "D"]
    assert client.get(CALENDAR, {"year": "x"}).context["year"] == 2027


def test_drafts_are_named_to_nobody_who_may_not_see_them(client, group):
    make_wave(None, date(2027, 2, 1), group, title_de="Qqentwurf", state="draft")
    make_wave(None, date(2027, 2, 10), group)

    signed_in(client, ADVISERS)
    page = client.get(CALENDAR)
    signed_in(client, PROVIDERS)

    assert (page.context["collisions"], "Qqentwurf" in page.text) == ([], False)
    assert client.get(CALENDAR).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_calendar(client, django_assert_num_queries, group, number):
    signed_in(client, OFFICE)
    for _ in range(number):
        make_wave(None, date(2027, 2, 1), group, organisations=[make_organisation()])
        make_wave(None, date(2027, 2, 1), group)
        make_wave(None, date(2025, 2, 1), group)
    client.get(CALENDAR)

    with django_assert_num_queries(22):
        client.get(CALENDAR)


def test_a_new_survey_gets_an_address(client):
    signed_in(client, OFFICE)
    add = "/verwaltung/monitoring/instrument/add/"

    client.post(add, sent(client.get(add), name_de="Befragung der Eltern"))

    assert Instrument.objects.get().slug == "befragung-der-eltern"


def test_translators_write_their_language_without_being_warned(client, group):
    wave = make_wave(None, date(2027, 2, 1), group)
    make_wave(None, date(2027, 2, 1), group)
    signed_in(client, TRANSLATORS, translates=["tr"])

    client.post(
        change_path(wave), sent(client.get(change_path(wave)), title_tr="Anket")
    )

    wave.refresh_from_db()
    assert wave.title_tr == "Anket"
