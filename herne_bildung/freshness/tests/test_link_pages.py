"""Links that open pages without a login: signed, ending, revocable, kept secret."""

from datetime import timedelta

import pytest
from django.core import signing

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import (
    Confirmation,
    Digest,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import (
    Problem,
    digest_of,
    invitation_link_of,
    invited,
    token_of,
)
from herne_bildung.lib import clock, rate_limit
from herne_bildung.lib.languages import CODES
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_counted")]
DAY = timedelta(days=1)
# Digest, items, and each kind with what hangs on it.
QUERIES = 13


@pytest.fixture
def digest() -> Digest:
    kita = make_organisation("Kita")
    entry = make_entry(kita, step=MaintainedEntry.Step.ASKED, step_on=clock.today())
    return make_digest(entry, recipient=make_recipient(kita))


def page_of(digest, rest: str = "") -> str:
    return f"/de/pflege/{token_of(digest)}/{rest}"


def test_a_link_names_its_digest_until_it_ends(digest):
    token = token_of(digest)
    assert digest_of(token) == digest

    clock.shift(digest.expires_at - clock.now() + timedelta(seconds=5))
    assert digest_of(token) == Problem.EXPIRED

    clock.shift(timedelta())
    Digest.objects.update(revoked_at=clock.now())
    assert digest_of(token) == Problem.REVOKED


def test_a_new_secret_revokes_the_link(digest):
    token = token_of(digest)

    Digest.objects.update(secret="ein anderes")

    assert digest_of(token) == Problem.REVOKED


@pytest.mark.parametrize(
    "token",
    [
        "",
        "1.x.y",
        "x" * 5000,
        "\0",
        "1.geheim." + "A" * 43,
        signing.Signer(sep=".", salt="fremd").sign("1.geheim"),
        signing.Signer(sep=".", salt="herne_bildung.freshness.digest").sign("x.y"),
        signing.Signer(sep=".", salt="herne_bildung.freshness.digest").sign("²²"),
    ],
    ids=["", "parts", "long", "nul", "guess", "other salt", "words", "digits"],
)
def test_forged_links_open_nothing(token):
    assert digest_of(token) == Problem.INVALID


def test_a_link_of_one_purpose_serves_no_other(digest):
    recipient = make_recipient(allowed_at=None, invited_at=clock.now())
    invitation = invitation_link_of(recipient).split("/")[-2]

    assert digest_of(invitation) == Problem.INVALID
    assert invited(token_of(digest)) == Problem.INVALID


def test_a_later_invitation_ends_the_former_one():
    recipient = make_recipient(allowed_at=None, invited_at=clock.now() - 5 * DAY)
    former = invitation_link_of(recipient).split("/")[-2]
    recipient.invited_at = clock.now()
    recipient.save()

    assert invited(former) == Problem.REVOKED
    assert invited(invitation_link_of(recipient).split("/")[-2]) == recipient


def test_invitations_are_accepted_and_declined_by_their_buttons(client):
    recipient = make_recipient(
        make_organisation("Kita"), allowed_at=None, invited_at=clock.now()
    )
    page = f"/{invitation_link_of(recipient).split('/', 3)[3]}"

    def state() -> tuple[bool, bool]:
        recipient.refresh_from_db()
        return recipient.allowed_at is not None, recipient.declined_at is not None

    found = {"before": (client.get(page).status_code, state())}
    for decision in ("", "accept", "accept", "decline", "accept"):
        sent = client.post(page, {"decision": decision} if decision else {})
        found[decision or "none", len(found)] = (sent.status_code, state())

    assert list(found.values()) == [
        (200, (False, False)),
        (200, (False, False)),
        (303, (True, False)),
        (303, (True, False)),
        (303, (True, True)),
        (303, (True, False)),
    ]


def test_an_ended_link_sends_a_fresh_one_to_the_same_address_only(client, digest):
    Digest.objects.update(expires_at=clock.now() - DAY, day=clock.today() - 61 * DAY)

    opened = client.get(page_of(digest))
    without_button = client.post(page_of(digest))
    sent = [client.post(page_of(digest), {"decision": "fresh"}) for _ in range(2)]

    [mail] = OutgoingMail.objects.all()
    assert [one.status_code for one in (opened, without_button, *sent)] == [
        410,
        410,
        200,
        200,
    ]
    assert mail.recipient == digest.recipient.email
    fresh = Digest.objects.get(is_requested=True)
    assert token_of(fresh) in mail.text
    assert digest.recipient.email not in opened.content.decode()


def test_a_revoked_link_cannot_answer(client, digest):
    [one] = questions_of(digest, "de")
    Digest.objects.update(revoked_at=clock.now())

    sent = {f"seen-{one.item.pk}": one.seen, "decision": "confirm"}
    answer = client.post(page_of(digest), sent)

    assert (answer.status_code, Confirmation.objects.count()) == (410, 0)


def test_fresh_links_are_limited(client, digest, monkeypatch):
    Digest.objects.update(expires_at=clock.now() - DAY, day=clock.today() - 61 * DAY)
    monkeypatch.setattr(
        "herne_bildung.freshness.views.token_page.LIMIT",
        rate_limit.Limit(f"fresh-{digest.secret}", by_network=1, by_all=9),
    )

    statuses = [
        client.post(page_of(digest), {"decision": "fresh"}).status_code for _ in "12"
    ]

    assert statuses == [200, 429]


def test_an_unknown_link_says_what_to_do(client):
    answer = client.get("/en/pflege/abgeschnitten/")

    assert answer.status_code == 404
    assert "Perhaps your mail program has cut it" in answer.content.decode()


def test_pages_behind_links_are_kept_nowhere(client, digest):
    item = digest.items.get().pk
    ended = make_digest(expires_at=clock.now() - DAY)
    recipient = make_recipient(allowed_at=None, invited_at=clock.now())
    pages = [
        page_of(digest),
        *(page_of(digest, f"{item}/{rest}") for rest in ("", "beendet/", "abgeben/")),
        page_of(digest, "abmelden/"),
        page_of(ended),
        "/de/pflege/falsch/",
        f"/{invitation_link_of(recipient).split('/', 3)[3]}",
    ]
    wanted = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }

    found = [send(page) for page in pages for send in (client.get, client.post)]

    assert [
        {name: one[name] for name in wanted} | {"cookies": one.cookies.output()}
        for one in found
    ] == [wanted | {"cookies": ""}] * len(found)
    assert [one for one in found if b'content="noindex' not in one.content] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
        ({"Origin": "https://boese.example.org"}, 403),
    ],
)
def test_pages_of_others_cannot_answer(client, digest, headers, status):
    [one] = questions_of(digest, "de")
    sent = {f"seen-{one.item.pk}": one.seen, "decision": "confirm"}

    answer = client.post(page_of(digest), sent, headers=headers)

    assert (answer.status_code, Confirmation.objects.count()) == (
        status,
        int(status == 303),
    )


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, digest, method):
    answer = getattr(client, method)(page_of(digest))

    assert (
        answer.status_code,
        answer["Cache-Control"],
        answer["Referrer-Policy"],
        answer["X-Robots-Tag"],
    ) == (405, "no-store", "no-referrer", "noindex, nofollow")


def test_the_page_answers_in_every_language(client, digest):
    pages = [page_of(digest).replace("/de/", f"/{code}/", 1) for code in CODES]

    assert [client.get(page).status_code for page in pages] == [200] * len(CODES)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_few_queries(client, number, django_assert_num_queries):
    entries = []
    for _ in range(number):
        kita = make_organisation(phone="02323 000")
        offer = make_offering(provider=kita, schedule={}, price="3.50")
        entries.append(make_entry(kita))
        entries.append(_row_of(offer))
    digest = make_digest(*entries)

    with django_assert_num_queries(QUERIES):
        client.get(page_of(digest))


def _row_of(offer) -> MaintainedEntry:
    sync("offering", [offer.pk])
    return MaintainedEntry.objects.get(kind="offering", object_id=offer.pk)
