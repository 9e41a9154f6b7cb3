"""Links of entries: gathered, checked by portions, broken after three days."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions import links
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.link_checker import Outcome, Reason, State
from herne_bildung.freshness.models import CheckedLink, LinkUse, MaintainedEntry
from herne_bildung.freshness.models.links import REASONS
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.freshness.tests.web_server import FOUND, Names, checker, running
from herne_bildung.lib import clock
from offerings.models import Offering
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db

WORKS = Outcome(State.WORKS)
GONE = Outcome(State.BROKEN, "404")
SLOW = Outcome(State.UNCHECKED, Reason.TOO_SLOW)


@pytest.fixture
def server():
    with running("127.0.0.1") as found:
        yield found


def entry_with(website: str, **values) -> MaintainedEntry:
    return make_entry(make_organisation(website=website, **values))


def make_link(url: str = "http://seite.example/", **values) -> CheckedLink:
    values.setdefault("next_on", clock.today())
    return CheckedLink.objects.create(url=url, **values)


def uses() -> list[tuple[str, str, str]]:
    return sorted(
        LinkUse.objects.values_list("entry__title", "field", "link__url").order_by("pk")
    )


def test_links_of_entries_are_gathered_once_each():
    make_offering(
        "Kurs",
        website="https://eins.example/",
        registration_url="https://zwei.example/",
    )
    sync("offering", Offering.objects.values_list("pk", flat=True))
    entry_with("https://eins.example/", name="Verein")

    number = (links.collect_links(), links.collect_links())

    assert number == (2, 2)
    assert uses() == [
        ("Kurs", "registration_url", "https://zwei.example/"),
        ("Kurs", "website", "https://eins.example/"),
        ("Verein", "website", "https://eins.example/"),
    ]
    assert [
        (link.url, link.state, link.next_on) for link in CheckedLink.objects.all()
    ] == [
        ("https://eins.example/", "new", clock.today()),
        ("https://zwei.example/", "new", clock.today()),
    ]


def test_changed_and_ended_entries_leave_no_link_behind():
    changed = make_organisation(website="https://alt.example/", name="A")
    make_entry(changed)
    ended = entry_with("https://ende.example/", name="B")
    removed = entry_with("https://weg.example/", name="C")
    sample = entry_with("https://muster.example/", name="D")
    links.collect_links()
    changed.website = " https://neu.example/ "
    changed.save()
    MaintainedEntry.objects.filter(pk=ended.pk).update(ended_at=clock.now())
    MaintainedEntry.objects.filter(pk=sample.pk).update(is_sample=True)
    removed.delete()

    links.collect_links()

    assert uses() == [("A", "website", "https://neu.example/")]
    assert [str(link) for link in CheckedLink.objects.all()] == ["https://neu.example/"]


def test_hourly_run_looks_at_recent_entries_only():
    make_organisation()
    old, new = entry_with("https://alt.example/"), entry_with("https://neu.example/")
    MaintainedEntry.objects.filter(pk=old.pk).update(
        synced_at=clock.now() - timedelta(hours=3)
    )

    number = links.collect_links(since=clock.now() - links.RECENT)

    assert number == 1
    assert list(LinkUse.objects.values_list("entry", flat=True)) == [new.pk]


def test_due_links_are_checked_and_others_wait(server):
    server.answers["/gut"] = FOUND
    names = Names(seite_example=[[("127.0.0.1", server.port)]])
    for path in ("gut", "weg", "später"):
        make_link(f"http://seite.example/{path}")
    CheckedLink.objects.filter(url__endswith="später").update(
        next_on=clock.today() + timedelta(days=1)
    )

    numbers = [links.check_due(10, checker=checker(names)) for _ in range(2)]

    today = clock.today()
    assert numbers == [2, 0]
    assert [request[1] for request in server.requests] == ["/gut", "/weg", "/weg"]
    assert list(
        CheckedLink.objects.order_by("pk").values_list(
            "state", "strikes", "reason", "checked_on", "next_on", "claimed_until"
        )
    ) == [
        ("works", 0, "", today, today + timedelta(days=14), None),
        ("new", 1, "404", today, today + timedelta(days=1), None),
        ("new", 0, "", None, today + timedelta(days=1), None),
    ]


def checked(outcomes: list[Outcome]) -> list[tuple[str, int, int]]:
    """(state, strikes, days to wait) after each check on its day."""
    link, found = make_link(), []
    for outcome in outcomes:
        for name, value in links.after(link, outcome).items():
            setattr(link, name, value)
        link.save()
        days = (link.next_on - clock.today()).days
        found.append((link.state, link.strikes, days))
        clock.shift(clock._shift + timedelta(days=days))
    return found


def test_broken_after_three_days_only():
    assert checked([WORKS, GONE, GONE, GONE, GONE, WORKS]) == [
        ("works", 0, 14),
        ("works", 1, 1),
        ("works", 2, 1),
        ("broken", 3, 7),
        ("broken", 3, 7),
        ("works", 0, 14),
    ]


def test_what_could_not_be_checked_is_not_broken():
    assert checked([SLOW] * 4 + [GONE, SLOW, GONE, GONE, SLOW]) == [
        ("unchecked", 0, 3),
        ("unchecked", 0, 3),
        ("unchecked", 0, 3),
        ("unchecked", 0, 3),
        ("unchecked", 1, 1),
        ("unchecked", 1, 3),
        ("unchecked", 2, 1),
        ("broken", 3, 7),
        ("broken", 3, 3),
    ]


def test_two_failures_on_one_day_are_one_strike():
    link = make_link(strikes=1, checked_on=clock.today())

    assert links.after(link, GONE) == {
        "state": "new",
        "strikes": 1,
        "next_on": clock.today() + timedelta(days=1),
        "reason": "404",
        "checked_on": clock.today(),
    }


def test_claimed_links_and_their_hosts_are_left_to_their_worker():
    soon, past = clock.now() + timedelta(minutes=1), clock.now() - timedelta(minutes=1)
    make_link("http://fremd.example/1", claimed_until=soon)
    make_link("http://fremd.example/2")
    lapsed = make_link("http://verfallen.example/", claimed_until=past)
    free = make_link("http://frei.example/")

    claimed = links._claim(10)

    assert claimed == [lapsed, free]
    assert links._claim(10) == []


def test_portion_is_no_burden_for_one_host():
    for number in range(5):
        make_link(f"http://gross.example/{number}")
    small = make_link("http://klein.example/")

    claimed = links._claim(10)

    assert [link.url for link in claimed] == [
        "http://gross.example/0",
        "http://gross.example/1",
        "http://gross.example/2",
        small.url,
    ]


def test_lost_claim_writes_nothing():
    link = make_link(claimed_until=clock.now() - timedelta(minutes=1))
    CheckedLink.objects.update(claimed_until=clock.now() + timedelta(minutes=5))

    assert links._note(link, GONE) is False
    assert CheckedLink.objects.get().strikes == 0


def test_run_has_an_end_in_number_and_time(server):
    names = Names(**{f"s{n}_example": [[("127.0.0.1", server.port)]] for n in range(4)})
    for number in range(4):
        make_link(f"http://s{number}.example/")

    assert links.check_due(3, checker=checker(names)) == 3
    assert links.check_due(3, checker=checker(names), seconds=0) == 0


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("404", "The server answers 404."),
        ("no_such_name", "There is no such address."),
        ("", ""),
    ],
)
def test_reasons_are_words(reason, words):
    with translation.override("en"):
        assert make_link(reason=reason).why == words


def test_every_reason_has_words():
    assert set(REASONS) == set(Reason)


def test_task_refuses_addresses_of_the_inside():
    entry_with("http://127.0.0.1/")

    number = tasks.check_links()

    link = CheckedLink.objects.get()
    assert (number, link.state, link.reason) == (1, "unchecked", "not_public")
    assert link.next_on == clock.today() + timedelta(days=3)
    assert isinstance(link.checked_on, date)
