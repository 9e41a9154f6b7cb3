"""The daily mail to people who follow something, read as a mail server gets it."""

import re
from datetime import time, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from herne_bildung.freshness import subscriptions, tasks
from herne_bildung.freshness.actions import news, outbox
from herne_bildung.freshness.actions.bounces import mark_bounced
from herne_bildung.freshness.actions.run_lock import NEWS_LOCK
from herne_bildung.freshness.models import (
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
from herne_bildung.freshness.tests.factories import go_to, subjects
from herne_bildung.freshness.tests.following import asked_for, follow, later
from herne_bildung.freshness.views.subscriptions import FORM
from herne_bildung.lib import clock, form_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("board", "nobody_counted")]


def bodies(message: Message) -> tuple[str, str]:
    """Text and HTML."""
    parts = [part.get_payload(decode=True).decode() for part in message.get_payload()]
    return parts[0].replace("\r\n", "\n"), parts[1]


def links(text: str, page: str) -> list[str]:
    return re.findall(rf"http\S+/abo/{page}/\S+/", text)


def test_whole_path_from_the_form_to_the_end(client, board, mailbox):
    token = form_token.make(FORM)
    later(minutes=1)
    fields = {"token": token, "email": "leserin@example.org", "language": "de"}
    client.post("/de/abo/brett/rathaus/", fields)
    board.pin("rathaus", "Schon vorher da")
    assert news.send_news() == 0
    outbox.send_waiting()
    asked, _ = bodies(mailbox.messages[0])
    [confirm] = links(asked, "bestaetigen")
    client.post(urlsplit(confirm).path, {"decision": "confirm"})
    assert news.send_news() == 0
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    assert news.send_news() == 1

    outbox.send_waiting()
    told, _ = bodies(mailbox.messages[1])
    assert ("Neuer Zettel" in told, "Schon vorher da" in told) == (True, False)
    [end] = links(told, "abmelden")
    sent = client.post(urlsplit(end).path, {"List-Unsubscribe": "One-Click"})
    board.pin("rathaus", "Noch ein Zettel")
    later(days=1)
    assert (sent.status_code, news.send_news(), outbox.send_waiting()) == (200, 0, 0)
    assert (Subscriber.objects.count(), len(mailbox.messages)) == (0, 2)


def test_mail_names_everything_new_and_carries_its_way_out(board, mailbox):
    row = follow(key="rathaus")
    follow(key="markt")
    board.pin("rathaus", "Erster", "Zweiter")
    board.pin("markt", "Dritter")
    later(days=1)

    news.send_news()

    outbox.send_waiting()
    [message] = mailbox.messages
    text, html = bodies(message)
    end = link_to_end(row.subscriber)
    assert len(subjects(mailbox)) == 1
    assert mailbox.envelopes[0][1] == ["leserin@example.org"]
    assert message["List-Unsubscribe"].strip() == f"<{end}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for body in (text, html):
        assert [
            body.count(note) for note in ("Erster", "Zweiter", "Dritter", "Brett am")
        ] == [1, 1, 1, 2]
        assert link_to_manage(row.subscriber) in body
        assert end in body


def test_mail_in_arabic_reads_from_the_right_and_german_from_the_left(board, mailbox):
    follow(language="ar")
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    news.send_news()

    outbox.send_waiting()
    text, html = bodies(mailbox.messages[0])
    assert '<html lang="ar" dir="rtl">' in html
    assert '<bdi lang="de" dir="ltr">Brett am Rathaus</bdi>' in html
    assert '<p class="told" lang="de" dir="ltr"><a href="' in html
    assert "/ar/brett/rathaus/" in text
    assert "/ar/abo/verwalten/" in text


def test_mail_that_asks_has_no_way_to_unsubscribe_and_is_in_its_language(
    client, mailbox
):
    token = form_token.make(FORM)
    later(minutes=1)
    fields = {"token": token, "email": "leserin@example.org", "language": "ar"}
    client.post("/de/abo/brett/rathaus/", fields)

    outbox.send_waiting()

    [message] = mailbox.messages
    text, html = bodies(message)
    row = Subscription.objects.select_related("subscriber").get()
    assert '<html lang="ar" dir="rtl">' in html
    assert '<h2><bdi lang="de" dir="ltr">Brett am Rathaus</bdi></h2>' in html
    assert links(text, "bestaetigen") == [link_to_confirm(row)]
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        None,
        None,
    )


def test_mails_become_files_where_there_is_no_mail_server(board, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    follow()
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)

    news.send_news()

    outbox.send_waiting()
    [file] = Path(tmp_path).iterdir()
    text, html = bodies(message_from_bytes(file.read_bytes()))
    assert ("Neuer Zettel" in text, "Neuer Zettel" in html) == (True, True)


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


def test_before_the_end_one_mail_offers_to_go_on(client, board):
    row = follow()
    follow(key="markt")
    later(days=340)
    assert news.send_news() == 0
    later(days=10)

    sent = [news.send_news(), news.send_news()]
    later(days=1)
    sent.append(news.send_news())

    mail = OutgoingMail.objects.get()
    assert sent == [1, 0, 0]
    assert link_to_manage(row.subscriber) in mail.text
    assert [name in mail.text for name in ("Rathaus", "Markt")] == [True, True]
    client.post(urlsplit(link_to_manage(row.subscriber)).path, {"decision": "go_on"})
    later(days=100)
    assert tasks.forget_subscriptions() == 0


def test_after_the_end_the_address_is_forgotten_with_its_mails(board):
    follow()
    board.pin("rathaus", "Neuer Zettel")
    later(days=350)
    news.send_news()
    later(days=20)

    assert tasks.forget_subscriptions() == 1

    assert (
        Subscriber.objects.count(),
        OutgoingMail.objects.count(),
        SeenItem.objects.count(),
    ) == (0, 0, 0)
    assert tasks.forget_subscriptions() == 0


def test_address_that_refuses_a_mail_is_forgotten(board, mailbox):
    mailbox.refuse.add("leserin@example.org")
    follow()
    follow("andere@example.org")
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)
    news.send_news()

    outbox.send_waiting()

    assert [one.email for one in Subscriber.objects.all()] == ["andere@example.org"]


def test_bounce_that_comes_later_ends_it_too():
    follow()

    mark_bounced("Leserin@example.org", "550 5.1.1 no such mailbox")

    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_same_news_are_asked_for_once(board, number, django_assert_num_queries):
    for place in range(number):
        follow(f"leserin-{place}@example.org")
    board.pin("rathaus", "Neuer Zettel")
    later(days=1)
    news.send_news()
    later(days=2)

    # Lock, who follows, what is seen, told until, ends soon, unlock.
    with django_assert_num_queries(7):
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
