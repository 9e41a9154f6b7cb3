"""The demo: installed once, its logins for this machine only, gone when removed."""

import stat
from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from herne_bildung.city import reference
from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.own_entries import entries_of
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.portal import demo, sign_in
from offerings.dates.schedules import changed_dates
from offerings.models import Occurrence, Offering
from offerings.printing.entries import entries as on_paper
from offerings.printing.entries import read
from offerings.printing.folder import folder_content
from offerings.samples.compose import recipes
from offerings.tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(settings, tmp_path, monkeypatch):
    """A folder and topics of its own; only this machine reaches it."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("HOST", "127.0.0.1")
    reference.forget()
    for recipe in recipes():
        make_topic(key=recipe["topic"])


def who_signs_in(rf) -> list[str]:
    """Usernames of the demo logins that work."""
    return [
        login["username"]
        for login in demo.logins()
        if authenticate(
            rf.post("/verwaltung/login/"),
            username=login["username"],
            password=login["password"],
        )
    ]


ALL = [name for name, *_ in demo.PEOPLE]


def test_demo_has_samples_and_a_login_of_each_role(rf):
    demo.prepare()

    people = User.objects.filter(is_demo=True)
    membership = Membership.objects.get()
    assert Offering.objects.filter(is_sample=True).count() == 200
    assert not Offering.objects.filter(is_sample=False).exists()
    assert who_signs_in(rf) == ALL
    assert {
        person.username: list(person.groups.values_list("name", flat=True))
        for person in people
    } == {
        "demo-bildungsbuero": [OFFICE],
        "demo-anbieter": [PROVIDERS],
        "demo-leitung": [LEADS],
        "demo-beratung": [ADVISERS],
        "demo-uebersetzung": [TRANSLATORS],
        "demo-statistik": [STATISTICS],
    }
    assert people.get(username="demo-uebersetzung").translates == ["tr"]
    assert not people.filter(is_superuser=True).exists()
    assert (membership.user.username, membership.role) == ("demo-anbieter", "manager")
    assert membership.organisation.is_sample is True
    own = Offering.objects.filter(provider=membership.organisation).count()
    assert own > 0
    # To try out confirming: the provider's own samples, and the organisation.
    entries = entries_of(membership.user)
    assert Counter(entries.values_list("kind", "is_sample")) == {
        ("offering", True): own,
        ("organisation", True): 1,
        ("office", True): 1,
        ("role", True): 1,
        ("measure", True): 4,
        ("milestone", True): 3,
        ("mandate", True): 1,
        ("indicator", True): 1,
        ("instrument", True): 1,
        ("family_centre", True): 1,
    }


def test_demo_has_confirmed_offers_in_the_folder_and_changed_dates():
    demo.prepare()

    content = folder_content("age_months=8")
    rows = MaintainedEntry.objects.filter(kind="offering", confirmed_at__isnull=False)
    assert (len(content.now), len(content.soon), rows.count()) == (8, 0, 8)
    assert {one.confirmed_at.date() for one in rows} == {clock.now().date()}
    [[row]] = on_paper(read([content.now[0]]), ["de"])
    said = row["mark"], row["state"]
    assert said == (
        "Beispiel",
        f"Zuletzt bestätigt: {day_in_words(clock.today(), 'de')}",
    )
    changed = Occurrence.objects.order_by("pk")
    assert [(one.state, one.reason) for one in changed] == [
        ("cancelled", "illness"),
        ("moved", "room"),
        ("cancelled", "too_few"),
    ]
    assert [len(changed_dates(one.offering, "de")) for one in changed] == [1, 1, 1]


def test_passwords_are_for_this_user_and_differ_by_installation():
    demo.prepare()
    first = demo.logins()
    mode = demo.logins_file().stat().st_mode
    demo.logins_file().unlink()
    demo.prepare()

    assert stat.S_IMODE(mode) == 0o600
    passwords = {login["password"] for login in [*first, *demo.logins()]}
    assert len(passwords) == 2 * len(ALL)
    assert all(len(password) >= 16 for password in passwords)


def test_later_starts_change_nothing():
    demo.prepare()
    logins = demo.logins()
    ids = set(Offering.objects.values_list("pk", flat=True))
    Offering.objects.filter(pk=min(ids)).update(title_de="Geändert")

    demo.prepare()

    assert demo.logins() == logins
    assert set(Offering.objects.values_list("pk", flat=True)) == ids
    assert Offering.objects.get(pk=min(ids)).title_de == "Geändert"


def test_what_was_removed_does_not_come_back():
    demo.prepare()
    call_command("remove_sample", "--yes", "--demo", stdout=StringIO())

    demo.prepare()

    assert (Offering.objects.count(), User.objects.count()) == (0, 0)
    assert not Occurrence.objects.exists()
    assert not MaintainedEntry.objects.filter(kind="offering").exists()
    assert demo.logins() == []


def test_start_without_demo_locks_the_logins_until_the_next_with_it(rf):
    demo.prepare()
    before = demo.logins()

    demo.lock_logins()

    assert demo.logins() == []
    for login in before:
        request = rf.post("/verwaltung/login/")
        credentials = {name: login[name] for name in ("username", "password")}
        assert authenticate(request, **credentials) is None
    demo.prepare()
    assert who_signs_in(rf) == ALL


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "portal.herne.de"])
def test_nobody_signs_in_with_demo_logins_where_others_can_come(rf, monkeypatch, host):
    demo.prepare()
    monkeypatch.setenv("HOST", host)

    assert sign_in.is_on_this_machine() is False
    assert who_signs_in(rf) == []
    with pytest.raises(CommandError):
        call_command("demo_logins", stdout=StringIO())


@pytest.mark.parametrize(
    "address", ["https://lernen.example.org", "http://192.168.1.20:8000", "http://["]
)
def test_nobody_signs_in_with_demo_logins_under_a_public_address(rf, settings, address):
    demo.prepare()
    settings.PUBLIC_ADDRESS = address

    assert who_signs_in(rf) == []
    demo.prepare()
    assert demo.logins() == []
    assert Offering.objects.filter(is_sample=True).count() == 200


def test_open_session_of_a_demo_login_ends_too(client, monkeypatch):
    demo.prepare()
    client.force_login(
        User.objects.get(username="demo-bildungsbuero"),
        backend="herne_bildung.portal.sign_in.PeopleBackend",
    )
    assert client.get("/verwaltung/").status_code == 200

    monkeypatch.setenv("HOST", "0.0.0.0")

    assert client.get("/verwaltung/").status_code == 302


def test_production_refuses_demo_logins(rf, settings):
    demo.prepare()
    settings.PRODUCTION = True

    assert who_signs_in(rf) == []


def test_command_prints_the_logins():
    demo.prepare()
    out = StringIO()

    call_command("demo_logins", stdout=out)

    assert out.getvalue().strip().split("\n") == [
        f"{one['role']}: {one['username']}  {one['password']}" for one in demo.logins()
    ]


def test_command_without_demo_says_how_to_begin():
    out = StringIO()

    call_command("demo_logins", stdout=out)

    assert "createsuperuser" in out.getvalue()
