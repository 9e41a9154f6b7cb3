"""The folder for the welcome visit: confirmed offers for a child."""

from datetime import timedelta

import pytest

from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from offerings.models import Offering, PrintOrder
from offerings.printing import work
from offerings.printing.folder import folder_content
from offerings.printing.tests.reading import (
    claims,
    languages,
    later,
    links,
    read,
    words,
)
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
CHOICES = {"age_months": "8", "district": "", "paper": "a4", "second": ""}


def confirm(offering: Offering, due_in: int = 90) -> None:
    """As the engine notes it; due in so many days."""
    MaintainedEntry.objects.create(
        kind="offering",
        object_id=offering.pk,
        title=offering.title_de,
        is_public=True,
        confirmed_at=clock.now(),
        due_on=clock.today() + timedelta(days=due_in),
        synced_at=clock.now(),
    )


@pytest.fixture
def offers() -> None:
    meet = make_topic("Treffpunkte", family_need="meet")
    now = make_offering(
        "Krabbelgruppe", topics=[meet], age_min_months=6, age_max_months=12
    )
    soon = make_offering("Spielkreis", age_min_months=11, age_max_months=36)
    old = make_offering("Babymassage", age_min_months=0, age_max_months=12)
    make_offering("Babyschwimmen", age_min_months=0, age_max_months=12)
    make_offering("Schulkinder", age_min_months=72)
    confirm(now)
    confirm(soon)
    confirm(old, due_in=-60)


def send(client, language: str = "de", **values: str):
    path = f"/{language}/familie/mappe/"
    token = client.get(path).context["token"]
    later(timedelta(seconds=5))
    return client.post(path, CHOICES | {"token": token} | values)


def test_folder_has_confirmed_offers_only_and_says_what_is_left_out(client, offers):
    answer = send(client, "en")
    work.work()

    found = read(client.get(f"{answer['Location']}datei.pdf").content)
    text = words(found)
    shown = ("Krabbelgruppe", "Spielkreis", "Meet other families", "Soon")
    assert [one for one in shown if one not in text] == []
    hidden = ("Babymassage", "Babyschwimmen", "Schulkinder")
    assert [one for one in hidden if one in text] == []
    assert "2 more offers fit, but nobody has confirmed them lately." in text
    assert claims(found) == ("en", True, True, 1)
    assert any(one.endswith("/en/beratung/") for one in links(found))


def test_folder_in_arabic_and_german(client, offers):
    answer = send(client, "ar", second="de")
    work.work()

    found = read(client.get(f"{answer['Location']}datei.pdf").content)

    assert claims(found) == ("ar", True, True, 1)
    assert "de" in languages(found)
    assert found.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_nothing_confirmed_is_said_and_makes_no_file(client):
    make_offering("Babyschwimmen", age_min_months=0, age_max_months=12)

    answer = send(client, "en")

    assert (answer.status_code, PrintOrder.objects.count()) == (422, 0)
    assert "No confirmed offer fits yet." in answer.content.decode()


def test_needs_and_months_ahead_part_what_fits(offers):
    content = folder_content("age_months=8")

    parts = (len(content.now), len(content.soon), content.left_out, content.unsure)
    assert parts == (1, 1, 2, 0)
    assert folder_content("age_months=x") is None


@pytest.mark.parametrize("name", ["age_months", "district", "paper", "second"])
def test_hostile_values_are_refused(client, offers, name):
    for value in ("\0", "9" * 300, "-99", "<b>"):
        assert send(client, **{name: value}).status_code == 422


def test_age_and_district_of_the_address_stand_in_the_form(client):
    page = client.get("/de/familie/mappe/?age_months=37&district=%00&with=tr")

    assert page["Cache-Control"] == "no-store"
    assert '<option value="37" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "is_offered"),
    [("-10", False), ("-9", True), ("216", True), ("217", False), ("999", False)],
)
def test_folder_offers_no_age_that_the_family_page_refuses(client, asked, is_offered):
    page = client.get(f"/de/familie/mappe/?age_months={asked}").content.decode()

    assert (f'<option value="{asked}" selected>' in page) is is_offered


def test_family_page_hands_the_age_to_the_folder(client, offers):
    page = client.get("/de/familie/?age_months=8").content.decode()

    assert 'href="/de/familie/mappe/?age_months=8"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_choices_of_the_folder_take_one_query(
    client, django_assert_num_queries, number
):
    for _ in range(number):
        confirm(make_offering(age_min_months=6, age_max_months=12))
    path = "/de/familie/mappe/?age_months=8"
    client.get(path)

    with django_assert_num_queries(1):
        client.get(path)
