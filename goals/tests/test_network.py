"""The network: its bodies, their pages and dates; what is not public never shows."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goals.choices import BodyKind, Publication
from goals.models import Body, BodyMember
from goals.tests.factories import (
    make_body,
    make_body_date,
)
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
TODAY = date(2026, 11, 24)
HIDDEN = "Qqgeheim"


@pytest.fixture(autouse=True)
def today(clock_at):
    with clock_at(at(TODAY, time(10))):
        yield


def groups(response) -> list[tuple[str, list[str]]]:
    """Kinds, and the names of the bodies of each."""
    return [
        (group["label"], [card["title"]["text"] for card in group["cards"]])
        for group in response.context["network"].groups
    ]


def test_a_body_has_a_name_or_is_an_organisation():
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.create(slug="x", kind=BodyKind.NETWORK)
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyMember.objects.create(body=make_body())

    named = make_body(organisation=make_organisation("Rat"))

    assert str(Body.objects.get(pk=named.pk)) == "Rat"


def test_a_date_does_not_end_before_it_starts():
    body = make_body()

    for times in ({"ends_at": time(9)}, {"starts_at": time(9), "ends_at": time(9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_body_date(body, TODAY, **times)


def test_no_body_takes_the_address_of_the_directory():
    body = make_body(slug="verzeichnis")

    with pytest.raises(ValidationError) as refused:
        body.full_clean()

    assert list(refused.value.message_dict) == ["slug"]


def test_the_network_shows_bodies_by_kind_and_nothing_hidden(client):
    make_body("Runde", kind=BodyKind.ROUND_TABLE)
    make_body("Zweiter Kreis", order=2)
    make_body("Erster Kreis", order=1)
    make_body("Netz", kind=BodyKind.NETWORK, internal_note=HIDDEN)
    for state in (Publication.DRAFT, Publication.INTERNAL):
        make_body(HIDDEN, slug=f"versteckt-{state}", state=state)

    response = client.get("/de/ziele/netzwerk/")

    kinds = [BodyKind.NETWORK, BodyKind.WORKING_GROUP, BodyKind.ROUND_TABLE]
    assert [names for _label, names in groups(response)] == [
        ["Netz"],
        ["Erster Kreis", "Zweiter Kreis"],
        ["Runde"],
    ]
    assert [group["key"] for group in response.context["network"].groups] == kinds
    assert HIDDEN not in response.content.decode()
    assert response.cookies == {}


def test_without_bodies_and_dates_the_network_says_so(client):
    page = client.get("/en/ziele/netzwerk/").content.decode()

    assert "No bodies are entered yet." in page
    assert "No dates are entered." in page


def test_the_next_date_is_one_that_takes_place(client):
    body = make_body("Kreis")
    make_body_date(body, TODAY, "Heute", is_cancelled=True)
    make_body_date(body, TODAY + timedelta(1), HIDDEN, is_public=False)
    make_body_date(body, TODAY + timedelta(2), "Treffen", starts_at=time(14))
    make_body_date(body, TODAY - timedelta(1), "Gestern")
    make_body_date(make_body(state="draft"), TODAY, HIDDEN)

    response = client.get("/en/ziele/netzwerk/")

    network = response.context["network"]
    assert network.groups[0]["cards"][0]["next_date"] == (
        "Next: Thursday, November 26, 2026, 14:00"
    )
    assert [
        (one["title"].text, one["is_cancelled"], one["body"].text)
        for one in network.dates
    ] == [("Heute", True, "Kreis"), ("Treffen", False, "Kreis")]
    assert HIDDEN not in response.content.decode()


def test_many_bodies_have_pages(client):
    for number in range(41):
        make_body(f"Kreis {number}", order=number)

    second = client.get("/de/ziele/netzwerk/?page=2").context["network"]
    unknown = client.get("/de/ziele/netzwerk/?page=x").context["network"]

    assert [card["title"]["text"] for card in second.groups[0]["cards"]] == ["Kreis 40"]
    assert (second.is_page_known, unknown.is_page_known) == (True, False)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_network(client, django_assert_num_queries, number):
    for _ in range(number):
        body = make_body()
        for days in range(number):
            make_body_date(body, TODAY + timedelta(days))
    client.get("/de/ziele/netzwerk/?page=1")

    with django_assert_num_queries(4):
        client.get("/de/ziele/netzwerk/")
