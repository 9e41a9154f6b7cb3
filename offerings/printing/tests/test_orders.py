"""Booklets of filtered lists: ordered, made by the worker, removed after their time."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herne_bildung.city.tests.factories import make_place
from offerings.dates.schedules import upcoming_dates
from offerings.models import Occurrence, PrintOrder
from offerings.printing import entries, removal, work
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
CHOICES = {"kind": "booklet", "order": "topic", "paper": "a4", "second": ""}


@pytest.fixture
def offers() -> None:
    languages, parents = make_topic("Sprachen"), make_topic("Eltern")
    make_offering("Deutschkurs", title_tr="Almanca kursu", topics=[languages])
    make_offering("Elterncafé", topics=[parents], places=[make_place("Haus")])
    make_offering("Türkischkurs", topics=[languages], schedule={}, is_free=False)


def send(client: Client, query: str = "", language: str = "de", **values: str):
    """The form as a person sends it, some seconds after the page was made."""
    path = f"/{language}/angebote/heft/?{query}"
    token = client.get(path).context["token"]
    later(timedelta(seconds=5))
    return client.post(path, CHOICES | {"token": token} | values)


def order(client: Client, query: str = "", language: str = "de", **values: str) -> str:
    """The page of the order that became of it."""
    answer = send(client, query, language, **values)
    assert answer.status_code == 302
    return answer["Location"]


def file_of(client: Client, page: str):
    answer = client.get(f"{page}datei.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return read(answer.content)


def test_page_says_what_of_its_address_is_in_no_booklet(client, offers):
    page = client.get("/de/angebote/heft/?age=alt&cost=paid&foo=1&sort=name")

    assert page.context["problems"] == [
        "Alter in Jahren: "
        "Bitte geben Sie das Alter in Jahren an, zum Beispiel 3 oder 0,5.",
        "Diese Auswahl kennen wir nicht: foo",
    ]
    for problem in page.context["problems"]:
        assert problem in page.text


def test_booklet_has_all_offers_of_the_list_with_contents_and_index(
    client, offers, settings
):
    settings.PUBLIC_ADDRESS = "https://bildung.example"
    page = order(client)

    assert work.work() == 1

    found = file_of(client, page)
    pages = [words(read_page(found, number)) for number in range(len(found.pages))]
    assert claims(found) == ("de", True, True, 1)
    assert "Alle Angebote" in pages[0]
    assert [name for name in ("Sprachen", "Eltern") if name not in pages[1]] == []
    assert "Deutschkurs" in pages[2]
    assert "Türkischkurs" in pages[2]
    # A few chapters share a page.
    assert "Elterncafé" in pages[2]
    # Sorted as German readers look: by letters, ü as u.
    index = pages[3]
    places = [index.index(name) for name in ("Deutschkurs 3", "Eltern 3", "Türkisch")]
    assert places == sorted(places)
    addresses = set(links(found))
    assert "https://bildung.example/de/angebote/" in addresses
    assert len([one for one in addresses if "/angebote/angebot-" in one]) == 3


def read_page(found, number):
    return SimpleNamespace(pages=[found.pages[number]])


def test_booklet_in_two_languages_marks_each(client, offers):
    page = order(client, language="ar", second="tr", order="both", paper="a5")

    work.work()

    found = file_of(client, page)
    assert claims(found) == ("ar", True, True, 1)
    assert {"de", "tr"} <= languages(found)
    assert "Almanca kursu" in words(found)
    box = found.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (420, 595)


def test_filters_of_the_address_choose_the_offers(client, offers):
    page = order(client, "cost=paid&unknown=1&page=3&district=nowhere")

    work.work()

    [made] = PrintOrder.objects.all()
    assert (made.query, made.total) == ("cost=paid", 3)
    text = words(file_of(client, page))
    assert text.index("Türkischkurs") < text.rindex("Passt vielleicht")


def test_page_tells_progress_and_looks_again_by_itself(client, offers):
    page = order(client, language="en")
    waiting = client.get(page)
    made = work.claim()

    PrintOrder.objects.filter(pk=made.pk).update(done=1, total=3)
    at_work = client.get(page)

    assert waiting["Cache-Control"] == "no-store"
    # Nothing turns the page under those who read it without scripts: they press a link.
    html = at_work.content.decode()
    assert ('<a href="">' in html, "http-equiv" in html) == (True, False)
    assert at_work.context["progress"] == "1 of 3 offers"
    assert client.get(f"{page}datei.pdf").status_code == 404
    work.work_on(made)
    assert '<a href="">' not in client.get(page).content.decode()


def test_same_order_has_the_finished_file_until_something_changes(client, offers):
    page = order(client, "cost=paid&district=")
    work.work()

    again = order(client, "district=&cost=paid")
    make_offering("Nähkurs", is_free=False)
    changed = order(client, "cost=paid")

    assert (again == page, changed == page) == (True, False)
    assert PrintOrder.objects.count() == 2


def test_form_sent_twice_is_one_order(client, offers):
    path = "/de/angebote/heft/"
    token = client.get(path).context["token"]
    later(timedelta(seconds=5))
    sent = CHOICES | {"token": token}

    pages = {client.post(path, sent)["Location"] for _ in range(2)}

    assert len(pages) == PrintOrder.objects.count() == 1


def test_cancelled_order_is_not_made_and_can_be_tried_again(client, offers):
    page = order(client)
    made = work.claim()

    client.post(page, {"do": "cancel"})
    work.work_on(made)
    cancelled = PrintOrder.objects.get()
    client.post(page, {"do": "retry"})

    assert (cancelled.state, cancelled.file) == ("cancelled", None)
    assert work.work() == 1
    assert PrintOrder.objects.get().state == "done"


def test_other_sites_cannot_cancel(client, offers):
    page = order(client)

    answer = client.post(
        page, {"do": "cancel"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert (answer.status_code, PrintOrder.objects.get().state) == (403, "waiting")


def test_order_of_a_worker_that_ended_is_made_by_the_next(client, offers):
    order(client)
    ended = work.claim()

    assert work.work() == 0
    later(work.CLAIM + timedelta(seconds=1))
    assert work.work() == 1

    made = PrintOrder.objects.get()
    assert (made.state, made.attempts) == ("done", 2)
    # The first one comes back and finds that it has nothing to say any more.
    work.work_on(ended)
    assert PrintOrder.objects.get().claimed_until is None


def test_order_that_ends_workers_is_given_up_in_words(client, offers):
    page = order(client)
    for _attempt in range(work.MOST_ATTEMPTS):
        work.claim()
        later(work.CLAIM + timedelta(seconds=1))

    assert work.work() == 0

    assert PrintOrder.objects.get().state == "failed"
    assert 'value="retry"' in client.get(page).content.decode()


def test_order_goes_with_its_file_after_its_time(client, offers):
    page = order(client)
    work.work()
    later(timedelta(days=7))

    answers = [client.get(page).status_code, client.get(f"{page}datei.pdf").status_code]

    assert (answers, removal.remove_old()) == ([404, 404], 1)
    assert not PrintOrder.objects.exists()


def test_too_many_offers_are_refused_in_words(client, offers, settings):
    settings.BOOKLET_MOST_OFFERS = 2

    answer = send(client)

    assert (answer.status_code, PrintOrder.objects.count()) == (422, 0)
    assert "3 Angebote" in answer.content.decode()


def test_empty_list_makes_no_file(client):
    answer = send(client)

    assert (answer.status_code, PrintOrder.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["kind", "order", "paper", "second", "token"])
@pytest.mark.parametrize("value", ["", "\0", "a" * 5000, "<script>", "../../etc"])
def test_hostile_values_are_refused(client, offers, name, value):
    answer = send(client, **{name: value})

    is_fine = (name, value) == ("second", "")
    assert answer.status_code == (302 if is_fine else 422)
    assert PrintOrder.objects.count() == is_fine


def test_unknown_addresses_have_no_order(client):
    for token in ("x", "a" * 300, "%00"):
        assert client.get(f"/de/druck/{token}/").status_code == 404


def test_list_leads_to_its_booklet(client, offers):
    page = client.get("/de/angebote/?cost=paid&page=1").content.decode()

    address = reverse("booklet")
    assert urlsplit(address).path in page
    assert "/angebote/heft/?cost=paid" in page


@pytest.mark.parametrize("number", [1, 3])
def test_choices_and_order_take_the_same_queries(
    client, django_assert_num_queries, number
):
    for _ in range(number):
        make_offering()
    page = order(client)
    client.get(page)

    with django_assert_num_queries(1):
        client.get("/de/angebote/heft/")
    with django_assert_num_queries(1):
        client.get(page)


def test_paper_says_which_dates_are_cancelled(client, offers):
    offer = make_offering("Malkurs", schedule={})
    first, second = upcoming_dates(offer, 2)
    for moment, reason in ((first, "illness"), (second, "")):
        day = timezone.localdate(moment)
        Occurrence.objects.create(
            offering=offer, day=day, state="cancelled", reason=reason
        )

    [[found]] = entries.entries(entries.read([offer.pk]), ["de"])

    dates = dict(found["facts"])["Nächste Termine"]
    notes = ["fällt aus: Krankheit", "fällt aus", ""]
    assert [one.partition(": ")[2] for one in dates[:3]] == notes
