"""The start of the administration says each role what to do now."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Membership, Organisation, WaitingVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.models import ErrorReport, MaintainedEntry
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock
from herne_bildung.portal.start_page import start_page
from monitoring.tests.survey_factories import make_group, make_wave
from offerings.models import Offering
from offerings.preview import preview_path
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def groups():
    ensure_groups()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of the source, which translating does not change."""
    with override("en"):
        yield


def titles(page) -> list[str]:
    return [section.title for section in page.sections]


def section(page, title: str):
    [found] = [one for one in page.sections if one.title == title]
    return found


@pytest.fixture
def provider():
    user = make_user("anbieterin", PROVIDERS)
    make_membership(user, make_organisation("Kita Nord"), Membership.Role.MANAGER)
    return user


def own(user):
    return user.memberships.get().organisation


def wait(entry, state=WaitingVersion.State.WAITING, **values) -> WaitingVersion:
    return WaitingVersion.objects.create(
        model="offerings.offering",
        object_id=entry.pk,
        organisation=entry.provider,
        title=entry.title_de,
        state=state,
        base={},
        snapshot={},
        **values,
    )


def test_provider_sees_own_work_only(provider):
    draft = make_offering("Entwurf", provider=own(provider), state="draft")
    make_offering("Fremder Entwurf", provider=make_organisation("Fremd"), state="draft")
    returned = make_offering("Zurück", provider=own(provider))
    wait(returned, WaitingVersion.State.RETURNED, comment="Bitte mit Uhrzeit.")
    entry = make_entry(own(provider))
    ErrorReport.objects.create(
        key="1", entry=entry, reason="times", text="Falsch", created_at=clock.now()
    )

    page = start_page(provider)

    assert page.tiles == []
    found = {one.title: [line.name for line in one.lines] for one in page.sections}
    assert found["Drafts"] == ["Entwurf"]
    assert found["My changes that wait"] == ["Zurück"]
    assert found["Reports received"] == [entry.title]
    [line] = section(page, "My changes that wait").lines
    assert (line.note, line.is_urgent) == ("Bitte mit Uhrzeit.", True)
    [line] = section(page, "Drafts").lines
    assert line.links == (("Preview", preview_path(draft)),)


def test_one_click_on_the_start_page_confirms(provider, client):
    entry = make_entry(own(provider))
    MaintainedEntry.objects.filter(pk=entry.pk).update(due_on=clock.today())
    client.force_login(provider)

    [line] = section(start_page(provider), "To confirm").lines
    answer = client.post(
        reverse("my_entries"), {**line.confirm, "back": reverse("admin:index")}
    )

    entry.refresh_from_db()
    assert answer["Location"] == reverse("admin:index")
    assert entry.confirmed_at is not None


def test_missing_translations_are_counted_by_language(provider):
    make_offering("Eins", provider=own(provider), title_tr="Bir", summary_tr="Bir")
    make_offering("Zwei", provider=own(provider))
    Offering.objects.update(next_step_de="", next_step_tr="")

    lines = section(start_page(provider), "Missing translations").lines

    assert {line.language: line.note[:1] for line in lines}["tr"] == "1"
    assert {line.language: line.note[:1] for line in lines}["ar"] == "2"


@pytest.mark.parametrize(
    ("group", "first"),
    [(OFFICE, "Changes that wait"), (LEADS, "Changes to accept")],
)
def test_staff_see_what_waits(group, first):
    offer = make_offering("Kurs", provider=make_organisation())
    wait(offer)

    page = start_page(make_user("büro", group))

    assert (page.tiles[0].name, page.tiles[0].number) == (first, "1")
    assert titles(page) == [
        "Changed this week",
        "Searched in vain this month",
        "Without a person",
    ]


def test_organisations_without_a_person_are_named(provider):
    make_offering("Kurs", provider=make_organisation("Verwaist"))
    make_offering("Kurs 2", provider=own(provider))
    below = make_organisation("Gruppe der Kita Nord", parent=own(provider))
    make_offering("Kurs 3", provider=below)

    lines = section(start_page(make_user("büro", OFFICE)), "Without a person").lines

    assert [line.name for line in lines] == ["Verwaist"]


def test_translators_and_advisers_have_their_start():
    make_offering("Kurs", provider=make_organisation())
    translator = make_user("übersetzerin", TRANSLATORS, translates=["tr"])

    page = start_page(translator)
    assert [line.name for line in page.sections[0].lines] == ["Kurs"]
    assert titles(page) == ["To translate: Türkçe"]
    assert titles(start_page(make_user("berät", ADVISERS))) == ["Look up"]


def test_surveys_that_collide_or_were_not_reported_back_have_tiles():
    families = make_group("Familien")
    today, day = clock.today(), timedelta(days=1)
    for first in (today - 400 * day, today + 10 * day, today + 20 * day):
        make_wave(None, first, families)

    page = start_page(make_user("büro", OFFICE))

    found = {tile.name: (tile.number, tile.address) for tile in page.tiles}
    calendar = reverse("admin:monitoring_wave_calendar")
    assert found["Surveys that collide"] == ("1", calendar)
    assert found["Not reported back to those asked"] == ("1", calendar)


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize(("role", "queries"), [(PROVIDERS, 17), (LEADS, 32)])
def test_number_of_queries(number, role, queries, django_assert_num_queries):
    organisation = make_organisation("Träger")
    user = make_user("jemand", role)
    if role == PROVIDERS:
        make_membership(user, organisation, Membership.Role.EDITOR)
    offers = [
        Offering(
            slug=f"kurs-{n}", title_de=f"Kurs {n}", provider=organisation, state="draft"
        )
        for n in range(number)
    ]
    for offer in Offering.objects.bulk_create(offers):
        wait(offer)
    MaintainedEntry.objects.bulk_create(
        MaintainedEntry(
            kind="offering",
            object_id=offer.pk,
            organisation=organisation,
            title=offer.title_de,
            is_public=True,
            due_on=clock.today() - timedelta(days=1),
            round=1,
            synced_at=clock.now(),
        )
        for offer in offers
    )

    with django_assert_num_queries(queries):
        start_page(type(user).objects.get(pk=user.pk))


def test_drafts_are_not_confirmed(provider):
    make_entry(own(provider), is_public=False)

    assert section(start_page(provider), "To confirm").lines == []


def test_what_nobody_confirmed_yet_is_not_called_current(provider):
    make_entry(own(provider), confirmed_at=None, due_on=None)

    [line] = section(start_page(provider), "To confirm").lines
    assert line.badge == "not confirmed yet"


def test_places_and_dates_of_own_offers_take_one_click(provider, client):
    start = clock.at(clock.today() + timedelta(days=3), time(9, 30))
    Organisation.objects.update(is_trusted=True)
    offer = make_offering(
        "Kurs",
        provider=own(provider),
        schedule={
            "frequency": "once",
            "weekdays": [],
            "starts_on": start.date(),
            "start_time": time(9, 30),
        },
    )
    make_offering("Fremd")
    make_offering("Entwurf", provider=own(provider), state="draft")
    client.force_login(provider)

    [line] = section(start_page(provider), "Places and dates").lines
    for button in line.buttons:
        client.post(button.address, dict(button.sent))
    offer.refresh_from_db()
    after = section(start_page(provider), "Places and dates").lines

    assert (line.name, len(line.buttons)) == ("Kurs", 2)
    assert (offer.places_left, offer.next_start) == ("full", None)
    assert [button.sent[1][1] for button in after[0].buttons] == ["free"]
