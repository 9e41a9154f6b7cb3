"""Mails to people who follow something, read as a mail server gets them."""

import re
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions import news, outbox
from herne_bildung.freshness.actions.bounces import mark_bounced
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
from herne_bildung.freshness.tests.factories import subjects
from herne_bildung.freshness.tests.following import follow, later
from herne_bildung.freshness.views.subscriptions import FORM
from herne_bildung.lib import form_token

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
