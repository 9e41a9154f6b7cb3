"""Every page of care: who may open it, and what a POST of others changes."""

import pytest

from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.freshness.admin.people import ASK_THE_OFFICE
from herne_bildung.freshness.models import (
    Campaign,
    CheckedLink,
    Confirmation,
    ErrorReport,
    LinkUse,
    MaintainedEntry,
    ProposedChange,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tests.test_calls import make_call
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
TO_SIGN_IN, YES, NO = 302, 200, 403
# Django's own pages of an entry one does not reach lead to the start.
NOT_MINE = 302
# Address: anonymous, someone of the entry's organisation, of another one, staff.
PAGES = {
    "pflege/": (TO_SIGN_IN, NO, NO, YES),
    "pflege/zahlen.csv": (TO_SIGN_IN, NO, NO, YES),
    "anrufe/": (TO_SIGN_IN, NO, NO, YES),
    "anrufe/{call}/beendet/": (TO_SIGN_IN, NO, NO, YES),
    "anrufe/{call}/geaendert/": (TO_SIGN_IN, NO, NO, YES),
    "meine-eintraege/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/call/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/call/{call}/change/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/campaign/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/campaign/add/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/campaign/{campaign}/vorschau/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/caredfororganisation/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/caredfororganisation/add/": (TO_SIGN_IN, NO, NO, NO),
    "freshness/caredfororganisation/{organisation}/change/": (
        TO_SIGN_IN,
        YES,
        NOT_MINE,
        YES,
    ),
    "freshness/errorreport/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/errorreport/{report}/change/": (TO_SIGN_IN, YES, NOT_MINE, YES),
    "freshness/linkuse/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/maintainedentry/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/maintainedentry/{entry}/change/": (TO_SIGN_IN, YES, NOT_MINE, YES),
    "freshness/proposedchange/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/proposedchange/{change}/change/": (TO_SIGN_IN, NO, NO, YES),
    "freshness/recipient/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/recipient/add/": (TO_SIGN_IN, YES, YES, YES),
    "freshness/recipient/{recipient}/change/": (TO_SIGN_IN, YES, NOT_MINE, YES),
    "freshness/recipient/{recipient}/delete/": (TO_SIGN_IN, NO, NO, YES),
}
# The same for what a POST changes; 302 is the way back after it.
BACK = 302
WRITES = {
    "anrufe/nehmen/ organisation={organisation}&do=take": (NO, NO, BACK),
    "anrufe/ergebnis/ call={call}&do=confirmed": (NO, NO, BACK),
    "anrufe/{call}/beendet/ do=end": (NO, NO, BACK),
    "meine-eintraege/ confirm={entry}": (BACK, 404, 404),
    "freshness/maintainedentry/{entry}/tun/ do=end": (NO, 404, BACK),
    "freshness/proposedchange/{change}/tun/ do=accept": (NO, NO, BACK),
    "freshness/errorreport/{report}/tun/ do=close&answer=x": (BACK, 404, BACK),
    "freshness/campaign/{campaign}/vorschau/ do=start": (NO, NO, BACK),
}


@pytest.fixture
def content() -> dict[str, int]:
    """One of everything, of one organisation; ids by name."""
    entry = make_entry(make_organisation("Eigene"))
    recipient = make_recipient(entry.organisation)
    change = ProposedChange.objects.create(
        entry=entry, field="phone", old="", new="1", recipient=recipient, at=clock.now()
    )
    report = ErrorReport.objects.create(
        key="a", entry=entry, reason="other", language="de", created_at=clock.now()
    )
    link = CheckedLink.objects.create(
        url="https://example.org/", state="broken", next_on=clock.today()
    )
    LinkUse.objects.create(link=link, entry=entry, field="website")
    campaign = Campaign.objects.create(name="Sommer", covers_until=clock.today())
    return {
        "entry": entry.pk,
        "organisation": entry.organisation_id,
        "recipient": recipient.pk,
        "change": change.pk,
        "report": report.pk,
        "campaign": campaign.pk,
        "call": make_call(entry).pk,
    }


def sign_in(client, who: str, content: dict[str, int]) -> None:
    if who == "office":
        signed_in(client, OFFICE)
        return
    user = signed_in(client, PROVIDERS)
    own = make_entry(make_organisation("Fremde")).organisation
    if who == "own":
        own = MaintainedEntry.objects.get(pk=content["entry"]).organisation
    make_membership(user, own)


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_who_may_open_which_page(client, content, place):
    if place:
        sign_in(client, ["own", "foreign", "office"][place - 1], content)

    answers = {
        page: client.get(f"/verwaltung/{page.format(**content)}").status_code
        for page in PAGES
    }

    assert answers == {page: expected[place] for page, expected in PAGES.items()}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_who_may_change_what(client, content, place):
    sign_in(client, ["own", "foreign", "office"][place], content)

    answers = {}
    for write in WRITES:
        page, fields = write.format(**content).split()
        data = dict(pair.split("=") for pair in fields.split("&"))
        answers[write] = client.post(f"/verwaltung/{page}", data).status_code

    assert answers == {write: expected[place] for write, expected in WRITES.items()}


def test_strangers_change_nothing(client, content):
    sign_in(client, "foreign", content)

    for write in WRITES:
        page, fields = write.format(**content).split()
        data = dict(pair.split("=") for pair in fields.split("&"))
        client.post(f"/verwaltung/{page}", data)

    assert (
        MaintainedEntry.objects.get(pk=content["entry"]).ended_at,
        ProposedChange.objects.get().state,
        ErrorReport.objects.get().state,
        Campaign.objects.get().started_at,
        Confirmation.objects.count(),
    ) == (None, "waiting", "open", None, 0)


@pytest.mark.parametrize(("who", "shown"), [("own", 1), ("foreign", 0), ("office", 1)])
def test_lists_show_own_rows_only(client, content, who, shown):
    sign_in(client, who, content)

    found = {
        name: client.get(f"/verwaltung/freshness/{name}/").context["cl"].result_count
        for name in ("errorreport", "linkuse", "recipient")
    }

    assert found == {"errorreport": shown, "linkuse": shown, "recipient": shown}


def test_own_entries_of_the_list(client, content):
    sign_in(client, "foreign", content)

    [row] = client.get("/verwaltung/freshness/maintainedentry/").context["cl"].queryset

    assert row.title == "Fremde"


def recipient_form(recipient: Recipient, **changed) -> dict[str, object]:
    links = list(recipient.responsibilities.all())
    fields: dict[str, object] = {
        "email": recipient.email,
        "language": "de",
        "responsibilities-TOTAL_FORMS": len(links),
        "responsibilities-INITIAL_FORMS": len(links),
    }
    for number, link in enumerate(links):
        fields |= {
            f"responsibilities-{number}-id": link.pk,
            f"responsibilities-{number}-recipient": recipient.pk,
            f"responsibilities-{number}-organisation": link.organisation_id,
            f"responsibilities-{number}-rank": 1,
        }
    return fields | changed


def test_a_new_address_is_written_to_only_when_allowed_again(client, content):
    sign_in(client, "own", content)
    recipient = Recipient.objects.get()
    page = f"/verwaltung/freshness/recipient/{recipient.pk}/change/"

    client.post(page, recipient_form(recipient, email="neu@example.org"))

    recipient.refresh_from_db()
    assert (recipient.email, recipient.allowed_at, recipient.is_usable) == (
        "neu@example.org",
        None,
        False,
    )


def test_a_shared_address_is_changed_by_staff_only(client, content):
    recipient = Recipient.objects.get()
    Responsibility.objects.create(
        organisation=make_organisation("Dritte"), recipient=recipient
    )
    sign_in(client, "own", content)
    page = f"/verwaltung/freshness/recipient/{recipient.pk}/change/"

    response = client.post(page, recipient_form(recipient, email="neu@example.org"))

    recipient.refresh_from_db()
    assert (response.status_code, recipient.email == "neu@example.org") == (403, False)


def test_a_provider_cannot_take_over_another_organisation(client, content):
    sign_in(client, "foreign", content)

    client.post(
        "/verwaltung/freshness/recipient/add/",
        {
            "email": "frech@example.org",
            "language": "de",
            "responsibilities-TOTAL_FORMS": 1,
            "responsibilities-INITIAL_FORMS": 0,
            "responsibilities-0-organisation": content["organisation"],
            "responsibilities-0-rank": 1,
            "responsibilities-0-may_publish": "on",
        },
    )

    assert not Recipient.objects.filter(email="frech@example.org").exists()


def test_a_provider_does_not_learn_that_an_address_is_known(client, content):
    make_recipient(email="amt@example.org")
    sign_in(client, "own", content)

    response = client.post(
        "/verwaltung/freshness/recipient/add/",
        {
            "email": "Amt@example.org",
            "language": "de",
            "responsibilities-TOTAL_FORMS": 1,
            "responsibilities-INITIAL_FORMS": 0,
            "responsibilities-0-organisation": content["organisation"],
            "responsibilities-0-rank": 2,
        },
    )

    form = response.context["adminform"].form
    assert form.non_field_errors() == [str(ASK_THE_OFFICE)]
    assert not Responsibility.objects.filter(rank=2).exists()


def test_a_provider_adds_a_recipient_of_its_own_without_the_right_to_publish(
    client, content
):
    sign_in(client, "own", content)

    client.post(
        "/verwaltung/freshness/recipient/add/",
        {
            "email": "zwei@example.org",
            "language": "de",
            "responsibilities-TOTAL_FORMS": 1,
            "responsibilities-INITIAL_FORMS": 0,
            "responsibilities-0-organisation": content["organisation"],
            "responsibilities-0-rank": 2,
            "responsibilities-0-may_publish": "on",
        },
    )

    found = Responsibility.objects.get(recipient__email="zwei@example.org")
    assert (found.organisation_id, found.rank, found.may_publish) == (
        content["organisation"],
        2,
        False,
    )
    assert found.recipient.allowed_at is None
