"""The daily run that tells people what is new of what they follow."""

from datetime import time, timedelta

import psycopg
import pytest
from django.db import connection

from herne_bildung.freshness import subscriptions, tasks
from herne_bildung.freshness.actions import news
from herne_bildung.freshness.actions.run_lock import NEWS_LOCK
from herne_bildung.freshness.models import (
    OutgoingMail,
    Subscription,
)
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.following import asked_for, follow, later
from herne_bildung.lib import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("board", "nobody_counted")]


def test_running_twice_sends_nothing_more(board):
    follow()
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    sent = [tasks.send_news(), tasks.send_news()]
    board.pin("rathaus", "Am selben Tag")
    later(hours=1)
    sent.append(tasks.send_news())
    later(days=1)
    sent += [tasks.send_news(), tasks.send_news()]

    assert sent == [1, 0, 0, 1, 0]
    assert [
        "Am selben Tag" in mail.text for mail in OutgoingMail.objects.order_by("pk")
    ] == [False, True]


def test_run_that_another_is_at_does_nothing(board):
    follow()
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)
    options = connection.get_connection_params()
    names = ("dbname", "user", "host", "port", "password")
    with psycopg.connect(
        **{name: options[name] for name in names if options.get(name)}, autocommit=True
    ) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [NEWS_LOCK])
        meanwhile = news.send_news()
        other.execute("SELECT pg_advisory_unlock(%s)", [NEWS_LOCK])

    assert (meanwhile, news.send_news()) == (0, 1)


def test_a_week_lies_between_mails_of_a_weekly_kind(board):
    board.days_between = 7
    follow()
    told = []
    for day in range(10):
        board.pin("rathaus", f"Zettel {day}")
        later(days=1)
        told.append(news.send_news())

    assert told == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    first, second = OutgoingMail.objects.order_by("pk")
    assert [f"Zettel {day}" in first.text for day in range(3)] == [True, False, False]
    assert [f"Zettel {day}" in second.text for day in range(9)] == [
        *[False],
        *[True] * 7,
        False,
    ]


def test_quiet_days_do_not_put_off_what_comes_after_them(board):
    board.days_between = 7
    follow()
    later(days=20)
    assert news.send_news() == 0
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    assert news.send_news() == 1


def test_only_what_is_public_when_the_mail_is_written_is_told(board):
    follow()
    board.pin("rathaus", "Bleibt", "Geht wieder")
    later(days=1)
    subscriptions.kinds()["board"].look(["rathaus"], clock.now())
    del board.notes["rathaus"]["Geht wieder"]
    later(days=1)

    news.send_news()

    text = OutgoingMail.objects.get().text
    assert ("Bleibt" in text, "Geht wieder" in text) == (True, False)


def test_nobody_is_told_who_did_not_confirm_or_whose_time_is_over(board):
    asked_for("wartet@example.org")
    follow("war@example.org")
    follow("ist@example.org")
    Subscription.objects.filter(subscriber__email="war@example.org").update(
        ends_on=clock.today()
    )
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    assert news.send_news() == 1

    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [
        "ist@example.org"
    ]


def test_what_left_the_site_tells_nothing(board):
    follow()
    board.pin("rathaus", "Neuer Zettel")
    del board.boards["rathaus"]
    later(days=1)

    assert news.send_news() == 0


def test_each_address_gets_its_own_mail(board):
    for number in range(3):
        follow(f"leserin-{number}@example.org", language="tr" if number else "de")
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    assert news.send_news() == 3

    mails = OutgoingMail.objects.order_by("recipient")
    assert [(mail.recipient, "/tr/abo/" in mail.text) for mail in mails] == [
        ("leserin-0@example.org", False),
        ("leserin-1@example.org", True),
        ("leserin-2@example.org", True),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_same_news_are_asked_for_once(board, number, django_assert_num_queries):
    for place in range(number):
        follow(f"leserin-{place}@example.org")
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)
    news.send_news()
    later(days=2)

    # Lock, who follows, what is seen (and a savepoint), news, told until, ends, unlock.
    with django_assert_num_queries(9):
        news.send_news()


def test_unknown_kinds_harm_nobody(board):
    follow(kind="gibt-es-nicht")
    follow()
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    assert news.send_news() == 1


def test_a_day_is_a_day_of_herne(board):
    follow()
    board.pin("rathaus", "Eins")
    go_to(clock.today() + timedelta(days=1), time(23, 30))
    first = news.send_news()
    board.pin("rathaus", "Zwei")
    later(hours=1)

    assert (first, news.send_news()) == (1, 1)


def test_trouble_with_one_thing_keeps_nobody_else_from_their_mail(board):
    follow("a@example.org", key="rathaus")
    follow("b@example.org", key="markt")
    board.pin("rathaus", "Eins")
    board.pin("markt", "Zwei")
    later(days=1)
    board.look(["rathaus", "markt"], clock.now())
    board.broken = "rathaus"

    sent = [news.send_news()]
    board.broken = ""
    later(days=1)
    sent.append(news.send_news())

    assert sent == [1, 1]
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")] == [
        "b@example.org",
        "a@example.org",
    ]
