"""Searches followed by mail: what is new of them is told, and nothing else."""

import re
from datetime import date, time, timedelta
from email.header import decode_header, make_header
from email.message import Message
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils.translation import override

from herne_bildung.city.tests.factories import make_place
from herne_bildung.freshness.actions import news, outbox
from herne_bildung.freshness.models import OutgoingMail, Subscriber, Subscription
from herne_bildung.freshness.subscriptions import kinds, things_of
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.following import asked_for, follow, later
from herne_bildung.freshness.views.subscriptions import FORM
from herne_bildung.lib import clock, form_token
from offerings.actions import reindex
from offerings.filters import OfferingFilter
from offerings.models import CostOption, NoticedOffering, Occurrence, Offering
from offerings.saved_search import key_of
from offerings.tests.factories import make_offering, make_schedule, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def sewing():
    """A topic, on a Sunday morning in November."""
    go_to(date(2026, 11, 22))
    return make_topic("Nähen", key="naehen")


def key(query: str) -> str:
    return key_of(OfferingFilter(QueryDict(query), language="de"))


def change(offering: Offering, **values: object) -> None:
    Offering.objects.filter(pk=offering.pk).update(**values)
    reindex([offering.pk])


def told() -> list[tuple[str, str]]:
    """What the mails of the next week tell, in English: of what, and what."""
    later(days=8)
    now = clock.now()
    news.look(list(Subscription.objects.all()), now)
    kind = kinds()["search"]
    with override("en"):
        found = [
            (one.title.text, one.what)
            for row in Subscription.objects.all()
            for one in kind.news_since(row.key, row.told_until, now, "en")
        ]
    Subscription.objects.update(told_until=now)
    return found


def bodies(message: Message) -> tuple[str, str]:
    """Text and HTML."""
    parts = [part.get_payload(decode=True).decode() for part in message.get_payload()]
    return parts[0].replace("\r\n", "\n"), parts[1]


def subject(message: Message) -> str:
    return str(make_header(decode_header(message["Subject"])))


def test_whole_path_in_turkish_from_the_list_to_the_end(client, sewing, mailbox):
    make_offering("Schon da", slug="schon-da", topics=[sewing])
    page = client.get("/tr/angebote/?topic=naehen&q=taschen").content.decode()
    [form] = re.findall(r'href="(/tr/abo/suche/[^"]+/)"', page)
    token = form_token.make(FORM)
    later(minutes=1)
    fields = {"token": token, "email": "okur@example.org", "language": "tr"}
    assert client.post(form.replace("&amp;", "&"), fields).status_code == 302
    outbox.send_waiting()
    asked, _ = bodies(mailbox.messages[0])
    [confirm] = re.findall(r"http\S+/tr/abo/bestaetigen/\S+/", asked)
    shown = client.get(urlsplit(confirm).path).content.decode()
    client.post(urlsplit(confirm).path, {"decision": "confirm"})
    make_offering(
        "Taschen nähen", slug="neu", title_tr="Taschen dikmek", topics=[sewing]
    )
    make_offering("Etwas anderes", slug="anderes", topics=[make_topic("Kochen")])
    later(days=1)

    assert news.send_news() == 1

    outbox.send_waiting()
    message = mailbox.messages[1]
    text, html = bodies(message)
    assert ("taschen" in asked.lower(), "taschen" in shown.lower()) == (False, True)
    assert "taschen" in subject(message)
    assert re.findall(r"/tr/angebote/[a-z-]+/", text) == ["/tr/angebote/neu/"]
    assert "Taschen dikmek" in text
    assert '<html lang="tr"' in html
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = message["List-Unsubscribe"].strip().strip("<>")
    sent = client.post(urlsplit(end).path, {"List-Unsubscribe": "One-Click"})
    make_offering("Taschen zum Zweiten", slug="noch", topics=[sewing])
    later(days=8)
    assert (sent.status_code, news.send_news(), Subscriber.objects.count()) == (
        200,
        0,
        0,
    )
    assert not OutgoingMail.objects.filter(key__startswith="follow:news").exists()


def test_an_arabic_mail_reads_from_right_to_left(sewing, mailbox):
    follow(kind="search", key=key("topic=naehen"), language="ar")
    make_offering("Nähkurs", slug="neu", topics=[sewing])
    later(days=1)

    news.send_news()

    outbox.send_waiting()
    _, html = bodies(mailbox.messages[0])
    assert re.findall(r"<html[^>]*>", html) == ['<html lang="ar" dir="rtl">']
    assert 'lang="de" dir="ltr"' in html
    assert "/ar/angebote/neu/" in html


def test_one_mail_a_week_at_most(sewing):
    follow(kind="search", key=key("topic=naehen"))
    sent = []
    for number in range(9):
        make_offering(slug=f"neu-{number}", topics=[sewing])
        later(days=1)
        sent.append(news.send_news())

    assert sent == [1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_news_are_what_readers_notice(sewing):
    place = make_place("Werkstatt")
    offering = make_offering("Nähkurs", topics=[sewing], schedule={"until": date.max})
    follow(kind="search", key=key("topic=naehen"))

    change(offering, description_de="Mehr davon.", title_tr="Dikiş", summary_de="Kurz.")
    assert told() == []
    change(offering, title_de="Nähkurs am Abend")
    offering.places.add(place)
    reindex([offering.pk])
    assert told() == [("Nähkurs am Abend", "Changed: title, place; Tue, Dec 1, 09:30")]
    for _ in range(2):
        CostOption.objects.filter(offering=offering).delete()
        CostOption.objects.create(offering=offering, amount="3.5")
        reindex([offering.pk])
    change(offering, registration="needed")
    [(_, what)] = told()
    assert what.startswith("Changed: price, registration")
    make_schedule(offering, start_time=time(18))
    Occurrence.objects.create(
        offering=offering, day=clock.today(), state=Occurrence.State.CANCELLED
    )
    reindex([offering.pk])
    [(_, what)] = told()
    assert what.startswith("Changed: dates")
    assert told() == []


def test_what_is_taken_back_before_the_mail_is_no_news(sewing):
    offering = make_offering("Nähkurs", topics=[sewing])
    follow(kind="search", key=key("topic=naehen"))

    change(offering, title_de="Kochkurs")
    change(offering, title_de="Nähkurs")

    assert told() == []


def test_hidden_and_paused_offers_are_no_news_but_their_return_is(sewing):
    paused = make_offering("Pausiert", topics=[sewing])
    hidden = make_offering("Verborgen", topics=[sewing])
    follow(kind="search", key=key("topic=naehen"))
    change(paused, paused_from=clock.today(), title_de="Pausiert noch")
    change(hidden, state=Offering.State.UNCONFIRMED)
    assert told() == []

    change(paused, paused_until=clock.today() + timedelta(days=10))
    change(hidden, state=Offering.State.PUBLISHED)
    assert told() == [("Verborgen", "Available again")]
    assert told() == [("Pausiert noch", "Available again")]
    assert told() == []


def test_an_offer_counts_from_the_day_it_can_be_seen(sewing):
    make_offering("Schon da", topics=[sewing])
    follow(kind="search", key=key("topic=naehen"))
    make_offering("Bald", topics=[sewing], visible_from=clock.today() + timedelta(10))
    make_offering("Entwurf", topics=[sewing], state=Offering.State.DRAFT)
    make_offering("Beispiel", topics=[sewing], is_sample=True)
    assert told() == []

    assert told() == [("Bald", "New offer")]


def test_what_may_fit_says_so_and_comes_last(sewing):
    follow(kind="search", key=key("topic=naehen&age=3"))
    make_offering("A", topics=[sewing])
    make_offering("B", topics=[sewing], age_min_months=24, age_max_months=60)
    make_offering("C", topics=[sewing], age_min_months=96)

    assert [(title, "may fit" in what) for title, what in told()] == [
        ("B", False),
        ("A", True),
    ]


def test_a_mail_is_not_endless(sewing, monkeypatch):
    monkeypatch.setattr("offerings.following.MOST_TOLD", 2)
    follow(kind="search", key=key("topic=naehen"))
    for number in range(5):
        make_offering(f"Kurs {number}", topics=[sewing])

    assert [title for title, _ in told()] == ["Kurs 0", "Kurs 1", ""]


def test_offers_that_were_there_before_are_no_news(sewing):
    make_offering("Alt", topics=[sewing])
    follow("eins@example.org", kind="search", key=key("topic=naehen"))
    make_offering("Neu", topics=[sewing])
    later(days=1)
    follow("zwei@example.org", kind="search", key=key("topic=naehen"))

    assert [title for title, _ in told()] == ["Neu"]


def test_offers_that_no_look_saw_before_an_upgrade_are_no_news(sewing):
    offering = make_offering("Alt", topics=[sewing])
    NoticedOffering.objects.all().delete()
    follow(kind="search", key=key("topic=naehen"))

    reindex([offering.pk])

    assert told() == []


def test_a_search_for_what_there_is_no_more_finds_nothing(sewing):
    follow(kind="search", key="topic=kochen")
    make_offering("Anderes")

    assert told() == []
    assert things_of(Subscription.objects.all(), "de") == {
        ("search", "topic=kochen"): None
    }


def test_words_of_readers_are_not_shown_to_staff_nor_sent_unasked(sewing):
    found = key("q=Geheimes&topic=naehen")
    asked_for(kind="search", key=found)

    [thing] = things_of(Subscription.objects.all(), "de").values()

    assert "Geheimes" not in thing.title.text
    assert "Geheimes" in thing.to_its_reader.title.text


def test_a_search_is_made_once_for_all_who_follow_it(
    sewing, django_assert_num_queries, settings
):
    """The work grows with the offers that are news, not with those that are there."""
    for number in range(3):
        follow(f"{number}@example.org", kind="search", key=key("topic=naehen"))
        make_offering(f"Kurs {number}", topics=[sewing])
    later(days=7)
    now = clock.now()
    news.look(list(Subscription.objects.all()), now)
    kind = kinds()["search"]
    since = [row.told_until for row in Subscription.objects.order_by("pk")]
    kind.news_since("topic=naehen", since[0], now, "de")

    with django_assert_num_queries(2 * 2):
        counts = [
            len(kind.news_since("topic=naehen", moment, now, "de"))
            for moment in since[1:]
        ]

    assert counts == [2, 1]
