"""The pages behind links of mails to people who follow something: opening changes
nothing, buttons do, and an address goes with the last thing it follows.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.models import (
    FOLLOWED_MAIL,
    OutgoingMail,
    SeenItem,
    Subscriber,
    Subscription,
)
from herne_bildung.freshness.subscription_tokens import (
    link_to_confirm,
    link_to_end,
    link_to_manage,
)
from herne_bildung.freshness.tests.following import asked_for, follow, later
from herne_bildung.lib import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("board")]


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def state() -> list[tuple]:
    rows = Subscription.objects.order_by("pk")
    return list(rows.values_list("key", "confirmed_at", "ends_on", "told_until"))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("link", [link_to_confirm, link_to_manage, link_to_end])
def test_opening_a_link_changes_nothing(client, link, method):
    row = follow() if link is not link_to_confirm else asked_for()
    before = state()
    path = path_of(link(row.subscriber if link is not link_to_confirm else row))

    response = getattr(client, method)(path)

    assert (response.status_code, response.cookies.output()) == (200, "")
    assert (
        response["Cache-Control"],
        response["Referrer-Policy"],
        response["X-Robots-Tag"],
    ) == ("no-store", "no-referrer", "noindex, nofollow")
    assert state() == before


@pytest.mark.parametrize("fields", [{}, {"decision": ""}, {"decision": "end:x"}])
@pytest.mark.parametrize("link", [link_to_confirm, link_to_manage, link_to_end])
def test_form_without_its_button_changes_nothing(client, link, fields):
    row = follow() if link is not link_to_confirm else asked_for()
    before = state()
    path = path_of(link(row.subscriber if link is not link_to_confirm else row))

    assert client.post(path, fields).status_code == 200
    assert state() == before


def test_button_confirms_once_and_what_was_there_is_not_news(client, board, settings):
    settings.SUBSCRIPTION_MONTHS = 6
    board.pin("rathaus", "Alt")
    row = asked_for(language="tr")
    Subscriber.objects.update(language="de")
    path = path_of(link_to_confirm(row))

    response = client.post(path, {"decision": "confirm"})
    first = state()
    later(hours=1)
    client.post(path, {"decision": "confirm"})
    client.post(path, {"decision": "refuse"})

    row.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, path)
    assert state() == first
    assert row.confirmed_at == row.told_until == SeenItem.objects.get().seen_at
    assert row.ends_on > clock.today() + timedelta(days=180)
    assert row.subscriber.language == "tr"
    assert client.get(path).context["is_confirmed"] is True


def test_confirming_works_where_csrf_is_enforced_and_not_from_elsewhere():
    path = path_of(link_to_confirm(asked_for()))
    client = Client(enforce_csrf_checks=True)
    fields = {"decision": "confirm"}

    foreign = client.post(path, fields, headers={"Origin": "https://example.org"})
    own = client.post(path, fields, headers={"Origin": "null"})

    assert (foreign.status_code, own.status_code) == (403, 303)


def test_refusing_deletes_the_address(client):
    row = asked_for()

    response = client.post(path_of(link_to_confirm(row)), {"decision": "refuse"})

    assert (response.status_code, response["Location"]) == (303, "/de/abo/beendet/")
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (0, 0)


def test_refusing_one_keeps_the_others(client):
    follow(key="markt")
    row = asked_for(key="rathaus")

    client.post(path_of(link_to_confirm(row)), {"decision": "refuse"})

    assert [key for key, *_ in state()] == ["markt"]
    assert Subscriber.objects.count() == 1


def test_link_that_nobody_followed_for_a_week_has_ended(client):
    row = asked_for()
    path = path_of(link_to_confirm(row))
    later(days=7)

    shown = client.get(path)
    sent = client.post(path, {"decision": "confirm"})

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("page", ["bestaetigen", "verwalten", "abmelden"])
def test_links_of_nobody_open_nothing(client, page):
    row = follow()
    token = link_to_manage(row.subscriber).split("/")[-2]
    tokens = ["x", "1.2.3", token[:-1], token.replace(".", "", 1), "a" * 500]

    answers = [client.get(f"/de/abo/{page}/{one}/").status_code for one in tokens]

    assert answers == [404, 404, 404, 404, 404]


def test_link_to_confirm_manages_nothing_and_the_other_way_round(client):
    row = follow()
    confirm = link_to_confirm(row).split("/")[-2]
    manage = link_to_manage(row.subscriber).split("/")[-2]

    assert client.get(f"/de/abo/verwalten/{confirm}/").status_code == 410
    assert client.get(f"/de/abo/bestaetigen/{manage}/").status_code == 410


def test_each_can_be_ended_and_with_the_last_the_address_and_its_mails_go(client):
    first, second = follow(key="markt"), follow(key="rathaus")
    asked_for("andere@example.org", key="markt")
    for recipient in ("leserin@example.org", "andere@example.org"):
        key = f"{FOLLOWED_MAIL}news:{recipient}"
        put_in_outbox(key=key, recipient=recipient, subject="Neu", text="Neu")
    put_in_outbox(key="login:1", recipient="leserin@example.org", subject="x", text="x")
    path = path_of(link_to_manage(first.subscriber))

    one = client.post(path, {"decision": f"end:{first.pk}"})
    left = [key for key, *_ in state()]
    last = client.post(path, {"decision": f"end:{second.pk}"})

    assert (one["Location"], last["Location"]) == (path, "/de/abo/beendet/")
    assert left == ["rathaus", "markt"]
    assert [one.email for one in Subscriber.objects.all()] == ["andere@example.org"]
    assert sorted(OutgoingMail.objects.values_list("key", flat=True)) == [
        "follow:news:andere@example.org",
        "login:1",
    ]
    assert client.get(path).status_code == 410


def test_nobody_ends_what_another_address_follows(client):
    mine, others = follow(), follow("andere@example.org")
    path = path_of(link_to_manage(mine.subscriber))

    client.post(path, {"decision": f"end:{others.pk}"})

    assert Subscription.objects.filter(pk=others.pk).exists()


def test_button_ends_everything(client):
    row = follow(key="markt")
    follow(key="rathaus")
    path = path_of(link_to_end(row.subscriber))

    response = client.post(path, {"decision": "end_all"})

    assert (response.status_code, response["Location"]) == (303, "/de/abo/beendet/")
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (0, 0)


def test_mail_program_ends_everything_with_one_click_and_may_ask_twice(client):
    path = path_of(link_to_end(follow().subscriber))
    fields = {"List-Unsubscribe": "One-Click"}

    answers = [client.post(path, fields).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert Subscriber.objects.count() == 0


def test_language_of_the_mails_can_be_changed(client):
    row = follow()
    path = path_of(link_to_manage(row.subscriber))

    client.post(path, {"decision": "language", "language": "xx"})
    unchanged = Subscriber.objects.get().language
    client.post(path, {"decision": "language", "language": "ar"})

    assert (unchanged, Subscriber.objects.get().language) == ("de", "ar")


def test_all_goes_on_when_the_reader_says_so(client):
    row = follow()
    path = path_of(link_to_manage(row.subscriber))
    is_offered = [client.get(path).context["ends_soon"]]
    later(days=350)
    Subscription.objects.update(end_told_at=clock.now())
    is_offered.append(client.get(path).context["ends_soon"])

    client.post(path, {"decision": "go_on"})

    row.refresh_from_db()
    assert is_offered == [False, True]
    assert row.ends_on > clock.today() + timedelta(days=360)
    assert row.end_told_at is None


def test_what_left_the_site_can_still_be_ended(client, board):
    row = follow()
    del board.boards["rathaus"]

    page = client.get(path_of(link_to_manage(row.subscriber))).text

    assert f'value="end:{row.pk}"' in page


@pytest.mark.parametrize("keys", [["rathaus"], ["rathaus", "markt", "bad"]])
def test_page_asks_a_fixed_number_of_questions(
    client, board, keys, django_assert_num_queries
):
    board.boards["bad"] = "Brett am Bad"
    board.notes["bad"] = {}
    rows = [follow(key=key) for key in keys]
    path = path_of(link_to_manage(rows[0].subscriber))

    with django_assert_num_queries(2):
        client.get(path)
