"""The page behind a reminder: what it shows, and what its buttons do."""

import re
from datetime import timedelta

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.answers import confirm_items
from herne_bildung.freshness.models import Confirmation
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.freshness.tokens import token_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
CONFIRM = 27


def page_of(digest, language: str = "de") -> str:
    return f"/{language}/pflege/{token_of(digest)}/"


def seen(*digests) -> dict[str, str]:
    return {
        f"seen-{one.item.pk}": one.seen
        for digest in digests
        for one in questions_of(digest, "de")
    }


@pytest.fixture
def kita() -> Organisation:
    return make_organisation(
        "Kita Sonnenschein", phone="02323 000", email="k@example.org"
    )


def test_opening_shows_what_the_portal_says_and_changes_nothing(client, kita):
    digest = make_digest(make_entry(kita))

    answer = client.get(page_of(digest))

    html = answer.content.decode()
    assert (answer.status_code, Confirmation.objects.count()) == (200, 0)
    assert re.findall(r'<h2 id="title[^>]*>([^<]+)<', html) == ["Kita Sonnenschein"]
    assert re.findall(r"<dd><bdi>([^<]+)</bdi>", html)[:2] == [
        "02323 000",
        "k@example.org",
    ]


def test_the_button_confirms_what_was_seen(client, kita):
    entry = make_entry(kita)
    digest = make_digest(entry)
    item = digest.items.get()

    answer = client.post(page_of(digest), {**seen(digest), "decision": "confirm"})

    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{page_of(digest)}#item-{item.pk}",
    )
    [found] = Confirmation.objects.all()
    item.refresh_from_db()
    digest.recipient.refresh_from_db()
    assert (found.entry, found.how, found.recipient, found.groups) == (
        entry,
        "mail_link",
        digest.recipient,
        ["contact", "description"],
    )
    assert item.decision == "confirmed"
    assert clock.now() - digest.recipient.last_answer_at < timedelta(minutes=1)


@pytest.mark.parametrize("decision", [None, "", "anything", "CONFIRM"])
def test_without_the_value_of_the_button_nothing_changes(client, kita, decision):
    digest = make_digest(make_entry(kita))
    sent = seen(digest) | ({} if decision is None else {"decision": decision})

    answer = client.post(page_of(digest), sent)

    assert (answer.status_code, Confirmation.objects.count()) == (422, 0)
    assert digest.items.get().decision == ""


def test_facts_that_changed_meanwhile_are_not_confirmed(client, kita):
    digest = make_digest(make_entry(kita))
    sent = seen(digest)
    Organisation.objects.filter(pk=kita.pk).update(phone="02323 999")

    answer = client.post(page_of(digest), {**sent, "decision": "confirm"})
    again = client.post(page_of(digest), {**seen(digest), "decision": "confirm"})

    assert (answer.status_code, again.status_code) == (409, 303)
    assert "02323 999" in answer.content.decode()
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_confirming_takes_the_same_queries_for_many(django_assert_num_queries, number):
    today = clock.today()
    entries = [make_entry(step=1, step_on=today) for _ in range(number)]
    digest = make_digest(*entries)
    [*shown] = questions_of(digest, "de")

    with django_assert_num_queries(CONFIRM):
        result = confirm_items(digest, {one.item.pk: one.seen for one in shown})

    assert sorted(result.done) == sorted(one.item.pk for one in shown)


def test_after_an_answer_the_next_open_question_follows_below_it(client, kita):
    digest = make_digest(make_entry(kita), make_entry(), make_entry())
    [first, second, third] = client.get(page_of(digest)).context["questions"]
    order = []

    for one in (second, first):
        sent = {f"seen-{one.item.pk}": one.seen, "decision": "confirm"}
        answer = client.post(page_of(digest), sent, follow=True)
        order.append([shown.item.pk for shown in answer.context["questions"]])

    assert order == [
        [second.item.pk, first.item.pk, third.item.pk],
        [first.item.pk, third.item.pk, second.item.pk],
    ]


def test_all_are_confirmed_at_once_and_twice_is_once(client, kita):
    digest = make_digest(make_entry(kita), make_entry(), make_entry())
    sent = {**seen(digest), "decision": "confirm"}

    answers = [client.post(page_of(digest), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Confirmation.objects.count() == 3


@pytest.mark.parametrize("decision", ["confirm", "undo"])
def test_questions_of_another_link_change_nothing_and_the_page_says_so(
    client, kita, decision
):
    own, foreign = make_digest(make_entry(kita)), make_digest(make_entry())
    item = foreign.items.get()

    answer = client.post(
        page_of(own, "en"),
        {**seen(own, foreign), "item": item.pk, "decision": decision},
    )

    notice = "Nothing was changed: this question is none of this link."
    assert (answer.status_code, answer.context["notice"]) == (422, notice)
    assert not Confirmation.objects.exists()
