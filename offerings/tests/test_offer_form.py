"""The form of an offer: what it begins with, words and dates, looking before saving."""

from datetime import date, time

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.rights import ADVISERS, OFFICE
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
)
from offerings.models import Offering, Schedule
from offerings.tests.administration import (
    ADD,
    WORDS,
    change_page,
    errors,
    fields_of,
    first_schedule,
    formsets,
    provider,
    schedules,
    signed_in,
)
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import fields_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


def test_new_offer_begins_with_what_its_organisation_gave(client):
    own = provider(client, phone="02323 1", email="a@example.org")
    place = make_place("Haus")
    own.places.add(place)
    make_offering(provider=own, registration="needed")

    initial = client.get(ADD).context["adminform"].form.initial

    assert initial == {
        "provider": own.pk,
        "places": [place.pk],
        "phone": "02323 1",
        "email": "a@example.org",
        "website": "",
        "registration": "needed",
    }


def test_who_looks_after_several_chooses_the_organisation_first(client):
    own = provider(client)
    other = make_organisation("Zweiter", phone="02323 2")
    foreign = make_organisation("Fremder", phone="02323 3")
    user = own.memberships.get().user
    make_membership(user, other, "editor")

    page = client.get(ADD)
    chosen = client.get(ADD, {"provider": other.pk})
    tampered = client.get(ADD, {"provider": foreign.pk})

    assert page.context["organisations_to_choose"] == [own, other]
    assert page.context["adminform"].form.initial == {}
    assert chosen.context["adminform"].form.initial["phone"] == "02323 2"
    assert tampered.context["adminform"].form.initial == {}
    assert "02323 3" not in tampered.content.decode()


def test_empty_fields_are_filled_from_the_organisation_and_nothing_is_saved(client):
    own = provider(client, phone="02323 1", website="https://example.org")
    sent = fields_of(provider=own.pk, title_de="", phone="", website="https://x.de")

    response = client.post(ADD, sent | {"_fill": "1"})

    form = response.context["adminform"].form
    assert (form["phone"].value(), form["website"].value()) == (
        "02323 1",
        "https://x.de",
    )
    assert (form.errors, Offering.objects.count()) == ({}, 0)


def test_internal_note_is_for_its_readers(client):
    own = provider(client)
    offering = make_offering(provider=own, internal_note="Nur für uns")
    page = client.get(change_page(offering))
    client.post(change_page(offering), fields_of(offering, internal_note="Gekapert"))

    offering.refresh_from_db()
    assert "internal_note" not in page.context["adminform"].form.fields
    assert ("Nur für uns" in page.content.decode(), offering.internal_note) == (
        False,
        "Nur für uns",
    )
    signed_in(client, ADVISERS)
    assert "Nur für uns" in client.get(change_page(offering)).content.decode()
    signed_in(client, OFFICE)
    page = client.get(change_page(offering))
    assert "internal_note" in page.context["adminform"].form.fields


def test_ages_are_written_and_shown_as_people_say_them(client):
    own = provider(client)
    client.post(
        ADD,
        fields_of(provider=own.pk, age_min_months="18 Monate", age_max_months="3"),
    )

    offering = Offering.objects.get()
    form = client.get(change_page(offering)).context["adminform"].form
    assert (offering.age_min_months, offering.age_max_months) == (18, 36)
    assert [form[name].value() for name in ("age_min_months", "age_max_months")] == [
        "18 Monate",
        "3 Jahre",
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"age_min_months": "drei"}, "age_min_months"),
        ({"age_max_months": "3-5"}, "age_max_months"),
        ({"starts_on": "02.02.0026"}, "starts_on"),
        ({"visible_until": "9999-12-31"}, "visible_until"),
        ({"website": "http://["}, "website"),
    ],
)
def test_wrong_values_are_named_at_their_field(client, changed, field):
    own = provider(client)

    response = client.post(ADD, fields_of(provider=own.pk, **changed))

    assert (list(errors(response)), Offering.objects.count()) == ([field], 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"interval": 0}, "interval"),
        ({"interval": 99}, "interval"),
        ({"week_of_month": "9"}, "week_of_month"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"until": "9999-12-31"}, "until"),
        ({"end_time": "09:00"}, "end_time"),
        ({"exceptions": "24.12.2026, 31.2.2027"}, "exceptions"),
        ({"words": "irgendwann"}, "words"),
    ],
)
def test_wrong_values_of_a_schedule_are_named_at_their_field(client, changed, field):
    own = provider(client)
    good = {"weekdays": ["1"], "starts_on": "2026-01-06", "start_time": "09:30"}

    response = client.post(ADD, fields_of(provider=own.pk, **schedules(good | changed)))

    assert list(first_schedule(response).errors) == [field]
    assert Schedule.objects.count() == 0


# --- schedules in words --------------------------------------------------------------


def test_words_are_saved_as_a_schedule(client):
    own = provider(client)

    client.post(ADD, fields_of(provider=own.pk, **schedules({"words": WORDS})))

    schedule = Schedule.objects.get()
    assert (
        schedule.frequency,
        schedule.weekdays,
        schedule.starts_on,
        schedule.start_time,
        schedule.end_time,
        schedule.in_school_holidays,
    ) == ("weekly", [1], date(2090, 3, 7), time(9, 30), time(11), "no")


def test_looking_shows_fields_and_dates_saves_nothing_and_loses_nothing(client):
    """Summer time begins on 26 March 2090."""
    own = provider(client)
    SchoolHoliday.objects.create(
        name="Osterferien", starts_on=date(2090, 4, 3), ends_on=date(2090, 4, 15)
    )
    sent = fields_of(title_de="", title_tr="Başlık", provider=own.pk)

    response = client.post(ADD, sent | schedules({"words": WORDS}) | {"_look": "1"})

    form = first_schedule(response)
    formset, *_ = response.context["inline_admin_formsets"]
    assert Offering.objects.count() == 0
    assert response.context["adminform"].form["title_tr"].value() == "Başlık"
    assert response.context["adminform"].form.errors == {}
    assert [form[name].value() for name in ("weekdays", "start_time", "words")] == [
        ["1"],
        "09:30",
        None,
    ]
    assert [text.split(", ", 1)[1] for text in formset.formset.next_dates] == [
        "7. März, 09:30",
        "14. März, 09:30",
        "21. März, 09:30",
        "28. März, 09:30",
        "18. Apr., 09:30",
        "25. Apr., 09:30",
        "2. Mai, 09:30",
        "9. Mai, 09:30",
    ]


def test_one_more_row_without_javascript(client):
    own = provider(client)
    sent = fields_of(provider=own.pk, **schedules({"words": WORDS}))

    response = client.post(ADD, sent | {"_more": "schedules"})

    formset, *_ = response.context["inline_admin_formsets"]
    assert (len(formset.formset.forms), Offering.objects.count()) == (2, 0)


@pytest.mark.parametrize("prefix", ["schedules", "cost_options"])
def test_rows_that_stay_empty_do_not_keep_from_saving(client, prefix):
    """As a browser without JavaScript does: more rows than needed, then save."""
    own = provider(client)
    page = client.get(ADD)
    sent = fields_in(page.text) | {
        "title_de": "Kurs",
        "summary_de": "Kurz gesagt.",
        "schedules-0-words": WORDS,
        "provider": own.pk,
    }

    more = client.post(ADD, sent | {"_more": prefix})
    sent = fields_in(more.text)
    saved = client.post(ADD, sent)

    assert f'name="_more" value="{prefix}"' in page.text
    assert [one.errors for one in formsets(more)] == [
        [{}] * len(one.forms) for one in formsets(more)
    ]
    assert saved.status_code == 302
    assert Offering.objects.get().schedules.count() == 1
    assert Offering.objects.get().cost_options.count() == 0


def test_a_row_without_anything_written_counts_as_empty(client):
    own = provider(client)
    empty = {"frequency": "", "interval": ""}

    response = client.post(ADD, fields_of(provider=own.pk, **schedules(empty)))

    assert response.status_code == 302
    assert Schedule.objects.count() == 0


def test_looking_does_not_save_into_an_existing_offer(client):
    own = provider(client)
    offering = make_offering("Alt", provider=own, schedule={})

    client.post(change_page(offering), fields_of(offering, title_de="Neu", _look="1"))

    assert Offering.objects.get().title_de == "Alt"
    assert Schedule.objects.count() == 1
