"""The call list as staff use it."""

import re
from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from herne_bildung.freshness.actions import calls
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import Call, MaintainedEntry
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.freshness.tests.test_calls import make_call
from herne_bildung.lib import clock
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
LIST, RESULT = "/verwaltung/anrufe/", "/verwaltung/anrufe/ergebnis/"
TAKE = "/verwaltung/anrufe/nehmen/"


def make_offer_entry(offering) -> MaintainedEntry:
    sync("offering", [offering.pk])
    return MaintainedEntry.objects.get(kind="offering", object_id=offering.pk)


def names(response) -> list[str]:
    return [str(party.organisation) for party in response.context["parties"]]


def test_documents_come_first_then_the_most_urgent(office):
    today = clock.today()
    for name, values in {
        "Später": {"due_on": today},
        "Dringend": {"due_on": today - timedelta(days=365)},
        "Dokument": {"due_on": today, "as_of": "2017"},
    }.items():
        make_call(make_entry(make_organisation(name), **values))

    response = office.get(LIST)

    assert names(response) == ["Dokument", "Dringend", "Später"]


def test_list_says_whom_to_call_and_what_to_ask(office):
    make_call(make_entry(make_organisation("Haus", phone="02323 16-0"), as_of="2017"))

    [party] = office.get(LIST).context["parties"]

    assert party.phones == [("02323 16-0", "tel:02323160")]
    [item] = party.items
    assert (item.is_document, item.admin_path) == (
        True,
        f"/verwaltung/city/organisation/{party.organisation.pk}/change/",
    )
    assert [
        (group.name, group.confirmed, [fact.label for fact in group.facts][:1])
        for group in item.groups
    ] == [("contact", None, ["Telefon"]), ("description", None, ["Name"])]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            Call.Reason.NOT_MINE,
            "Aus Dokumenten von 2017, nie bestätigt · "
            "die gefragte Person ist nicht mehr zuständig Frau Muster",
        ),
        (Call.Reason.DOCUMENT, "Aus Dokumenten von 2017, nie bestätigt Frau Muster"),
    ],
)
def test_an_entry_of_a_document_says_why_it_is_called_too(office, reason, said):
    entry = make_entry(make_organisation("Haus"), as_of="2017", due_on=None)
    make_call(entry, reason=reason, note="Frau Muster")

    html = office.get(LIST).content.decode()

    why, *_ = re.findall(r'<p class="care-why">(.*?)</p>', html, re.DOTALL)
    assert " ".join(strip_tags(why).split()) == said


def test_without_a_number_the_list_says_where_to_look(office):
    make_call(
        make_entry(make_organisation("Haus", phone="", website="https://haus.example"))
    )

    html = office.get(LIST).content.decode()

    assert 'href="https://haus.example"' in html
    assert "tel:" not in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["A", "B"]),
        ("reason=bounced", ["B"]),
        ("reason=unknown", ["A", "B"]),
        ("mine=1", ["A"]),
        ("later=1", ["A", "B", "C"]),
        ("page=99&district=nowhere", ["A", "B"]),
    ],
)
def test_filters(office, query, shown):
    found = {name: make_call(make_entry(make_organisation(name))) for name in "ABC"}
    Call.objects.filter(pk=found["B"].pk).update(reason="bounced")
    Call.objects.filter(pk=found["C"].pk).update(
        next_try_on=clock.today() + timedelta(days=9)
    )
    calls.claim(found["A"].entry.organisation_id, by=office.user)

    assert sorted(names(office.get(f"{LIST}?{query}"))) == shown


def test_filter_by_district(office):
    district = make_district("Sodingen")
    place = make_place(district=district)
    organisation = make_organisation("Dort")
    organisation.places.add(place)
    make_call(make_entry(organisation))
    make_call(make_entry(make_organisation("Anderswo")))

    assert names(office.get(LIST, {"district": district.key})) == ["Dort"]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(office, number, django_assert_num_queries):
    for _ in range(number):
        provider = make_organisation(phone="02323 1")
        make_call(make_entry(provider, as_of="2017"))
        make_call(
            make_offer_entry(make_offering(provider=provider, places=[make_place()]))
        )
    office.get(LIST)

    with django_assert_num_queries(19):
        response = office.get(LIST)

    assert len(response.context["parties"]) == number
