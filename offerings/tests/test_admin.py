"""Offers as they are saved and hidden; who hides one says why."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from herne_bildung.city.rights import LEADS, OFFICE
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.lib.languages import LANGUAGES
from offerings.models import Offering, OfferingIndex, Schedule, Topic
from offerings.tests.administration import (
    ADD,
    LIST,
    change_page,
    errors,
    fields_of,
    listed,
    provider,
    signed_in,
)
from offerings.tests.factories import make_offering, make_schedule, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


# --- saving ---------------------------------------------------------------------


def test_saving_writes_everything_and_the_filters_know(client):
    own = provider(client)
    topic, place = make_topic("Musik"), make_place("Haus")
    own.places.add(place)

    response = client.post(
        ADD,
        fields_of(
            title_de="Trommeln für Jungen",
            title_tr="Davul",
            provider=own.pk,
            topics=[topic.pk],
            places=[place.pk],
            target_groups=["children", "youth"],
            languages=["de", "tr"],
            format="on_site",
            is_free="true",
            age_min_months="8",
            age_max_months="14 Jahre",
            **{
                "schedules-TOTAL_FORMS": 1,
                "schedules-0-frequency": "weekly",
                "schedules-0-interval": 1,
                "schedules-0-weekdays": ["1", "3"],
                "schedules-0-starts_on": "06.01.2026",
                "schedules-0-start_time": "15:30",
                "schedules-0-exceptions": "24.12.2026, 31.12.2026",
                "cost_options-TOTAL_FORMS": 1,
                "cost_options-0-kind": "material",
                "cost_options-0-amount": "2.50",
                "cost_options-0-per": "once",
            },
        ),
    )

    assert response.status_code == 302
    offering = Offering.objects.get()
    schedule = offering.schedules.get()
    facts = OfferingIndex.objects.get(offering_id=offering.pk).facts
    assert (offering.slug, offering.provider, offering.is_sample) == (
        "trommeln-fuer-jungen",
        own,
        False,
    )
    assert offering.translation_state["tr"]["title"]["reviewed"] is True
    assert (schedule.weekdays, [str(day) for day in schedule.exceptions]) == (
        [1, 3],
        ["2026-12-24", "2026-12-31"],
    )
    assert str(offering.cost_options.get().amount) == "2.50"
    slots = {int(slot[:-1]) for slot in facts["values"]["slot"]}
    assert {(day - 1) % 7 for day in slots} == {1, 3}
    assert facts["values"]["language"] == ["de", "tr"]
    assert facts["ranges"]["age"] == [96, 168]
    assert offering.next_start is not None


def test_same_title_gets_an_address_of_its_own(client):
    own = provider(client)
    for _ in range(2):
        client.post(ADD, fields_of(provider=own.pk))

    assert sorted(Offering.objects.values_list("slug", flat=True)) == [
        "neues-angebot",
        "neues-angebot-2",
    ]


def test_address_stays_when_the_title_changes(client):
    own = provider(client, is_trusted=True)
    offering = make_offering("Alt", provider=own, slug="alt")

    client.post(
        change_page(offering),
        fields_of(offering, title_de="Neu", slug="neu"),
    )

    offering.refresh_from_db()
    assert (offering.title_de, offering.slug) == ("Neu", "alt")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_de": ""}, "title_de"),
        (
            {"age_min_months": "36 Monate", "age_max_months": "12 Monate"},
            "age_max_months",
        ),
        ({"starts_on": "02.02.2026", "ends_on": "01.02.2026"}, "ends_on"),
        (
            {"visible_from": "02.02.2026", "visible_until": "01.02.2026"},
            "visible_until",
        ),
        ({"target_groups": ["nobody"]}, "target_groups"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(client, changed, field):
    own = provider(client)

    response = client.post(ADD, fields_of(provider=own.pk, **changed))

    assert field in errors(response)
    assert Offering.objects.count() == 0


def test_weekly_schedule_needs_a_weekday(client):
    own = provider(client)
    schedule = {
        "schedules-TOTAL_FORMS": 1,
        "schedules-0-frequency": "weekly",
        "schedules-0-interval": 1,
        "schedules-0-starts_on": "06.01.2026",
        "schedules-0-start_time": "15:30",
    }

    response = client.post(ADD, fields_of(provider=own.pk, **schedule))

    formset, *_ = response.context["inline_admin_formsets"]
    assert list(formset.formset.errors[0]) == ["weekdays"]
    assert Schedule.objects.count() == 0


def test_entries_of_sample_providers_are_samples(client):
    own = provider(client, is_sample=True)

    client.post(ADD, fields_of(provider=own.pk))

    assert Offering.objects.get().is_sample is True


def test_existing_schedule_shows_its_weekdays(client):
    own = provider(client)
    offering = make_offering("Kurs", provider=own)
    make_schedule(offering, weekdays=[2])

    response = client.get(change_page(offering))

    formset, *_ = response.context["inline_admin_formsets"]
    assert formset.formset.forms[0]["weekdays"].value() == [2]


# --- hiding -----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["published", "draft", "unconfirmed"])
def test_archiving_needs_a_reason(client, state):
    signed_in(client, OFFICE)
    offering = make_offering("Kurs", provider=make_organisation(), state=state)

    client.post(
        LIST,
        {"action": "archive", "_selected_action": [offering.pk], "reason": " "},
    )
    response = client.post(change_page(offering), fields_of(offering, state="archived"))

    offering.refresh_from_db()
    assert list(errors(response)) == ["reason"]
    assert offering.state == state


@pytest.mark.parametrize("state", ["unconfirmed", "ended"])
def test_states_of_care_are_no_choice_unless_the_offer_has_them(client, state):
    signed_in(client, OFFICE)
    offering = make_offering("Kurs")
    found = make_offering("Anderer", state=state)

    response = client.post(change_page(offering), fields_of(offering, state=state))
    kept = client.post(change_page(found), fields_of(found, title_de="X", state=state))

    offering.refresh_from_db()
    found.refresh_from_db()
    assert (list(errors(response)), offering.state) == (["state"], "published")
    assert (kept.status_code, found.title_de, found.state) == (302, "X", state)


@pytest.mark.parametrize("way", ["list", "form"])
def test_archiving_is_logged_reversible_and_told(client, way):
    signed_in(client, OFFICE, LEADS)
    owner = make_organisation(email="aus-einem-dokument@example.org")
    make_recipient(owner, email="kita@example.org")
    offering = make_offering("Kurs", provider=owner)
    reason = "Das Haus ist geschlossen."

    if way == "list":
        client.post(
            LIST,
            {"action": "archive", "_selected_action": [offering.pk], "reason": reason},
        )
    else:
        client.post(
            change_page(offering),
            fields_of(offering, state="archived", reason=reason),
        )

    offering.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert offering.state == "archived"
    assert OfferingIndex.objects.get(offering_id=offering.pk).is_listed is False
    assert mail.recipient == "kita@example.org"
    assert reason in mail.text
    assert reason in LogEntry.objects.latest("pk").get_change_message()
    client.post(LIST, {"action": "publish", "_selected_action": [offering.pk]})
    assert OfferingIndex.objects.get(offering_id=offering.pk).is_listed is True


def test_nobody_is_told_what_they_did_themselves_nor_about_samples(client):
    own = provider(client)
    make_recipient(own, email="eigener@example.org")
    make_offering("Eigenes", provider=own)
    make_offering("Beispiel", provider=own, is_sample=True)
    ids = list(Offering.objects.values_list("pk", flat=True))
    archive = {"action": "archive", "_selected_action": ids, "reason": "Vorbei."}

    client.post(LIST, archive)

    assert set(Offering.objects.values_list("state", flat=True)) == {"archived"}
    assert OutgoingMail.objects.count() == 0
    Offering.objects.update(state="published")
    signed_in(client, OFFICE)
    client.post(LIST, archive)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, "Eigenes" in mail.subject) == ("eigener@example.org", True)


def test_an_address_that_nobody_accepted_gets_no_mail(client):
    signed_in(client, OFFICE)
    owner = make_organisation(email="aus-einem-dokument@example.org")
    offering = make_offering("Kurs", provider=owner)

    client.post(
        LIST,
        {"action": "archive", "_selected_action": [offering.pk], "reason": "Vorbei."},
    )

    offering.refresh_from_db()
    assert (offering.state, OutgoingMail.objects.count()) == ("archived", 0)


# --- lists ------------------------------------------------------------------------


def test_list_page_asks_the_same_for_one_and_three(client, django_assert_num_queries):
    signed_in(client, OFFICE)
    make_offering("Eines", provider=make_organisation())
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    make_offering("Zwei", provider=make_organisation())
    make_offering("Drei", provider=make_organisation())

    with django_assert_num_queries(8):
        response = client.get(LIST)

    assert len(listed(response)) == 3


def test_topic_is_edited_and_keeps_its_key(client):
    signed_in(client, OFFICE)
    topic = make_topic("Musik", key="musik")
    names = {f"name_{language.column}": "" for language in LANGUAGES}

    client.post(
        reverse("admin:offerings_topic_change", args=[topic.pk]),
        names
        | {"name_de": "Musik machen", "key": "krach", "order": 3, "synonyms": "{}"},
    )

    topic = Topic.objects.get()
    assert (topic.key, topic.name_de, topic.order) == ("musik", "Musik machen", 3)
