"""What trusted people published is read afterwards, and undone with one click."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import product

import pytest
from django.db.models import Model

from herne_bildung.city.models import (
    AuditEntry,
    EntryVersion,
    Organisation,
    WaitingVersion,
)
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.city.versions import note, waiting
from herne_bildung.freshness.models import (
    MaintainedEntry,
    OutgoingMail,
    ProposedChange,
)
from herne_bildung.portal.approvals import lists
from herne_bildung.portal.tests.approvals import (
    LIST,
    PUBLISHED,
    make_author,
    page_of,
    price,
    propose,
    said,
)
from offerings.models import Offering
from offerings.tests.administration import ADD, fields_of
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


@pytest.fixture
def own():
    return make_organisation("Eigener Träger", is_trusted=True)


def press(client, lead, do, number=0):
    client.force_login(lead)
    row = client.get(PUBLISHED).context["page"].rows[number]
    data = {"do": do, "first": row.first.pk, "last": row.last.number}
    return client.post(PUBLISHED, data)


def test_several_changes_are_one_row_and_undone_together(client, own, author, lead):
    offering = make_offering("Chor", provider=own, price="3")
    propose(client, author, offering, title_de="Yoga")
    propose(client, author, offering, title_de="Yoga 2", **price())
    client.force_login(lead)
    [row] = client.get(PUBLISHED).context["page"].rows

    press(client, lead, "undo")

    stored = Offering.objects.get()
    assert row.what == ["Titel (Deutsch)", "Preise"]
    assert (stored.title_de, stored.cost_options.count()) == ("Chor", 1)
    assert "Chor" in page_of(client, offering)
    assert EntryVersion.objects.filter(is_unread=True).count() == 0
    assert EntryVersion.objects.first().how == "undone"
    assert OutgoingMail.objects.get().recipient == "anna@example.org"
    assert AuditEntry.objects.filter(action="restored").count() == 1


def test_undoing_a_new_entry_takes_it_off_the_site(client, own, author, lead):
    client.force_login(author)
    client.post(ADD, fields_of(provider=own.pk))
    offering = Offering.objects.get()
    shown = offering.state
    client.force_login(lead)
    [row] = client.get(PUBLISHED).context["page"].rows
    told = press(client, lead, "undo")
    told = said(client.get(told.url))

    assert ("Titel (Deutsch)", [offering.title_de]) in [
        (one.label, one.new) for one in row.facts
    ]
    assert told == [f"„{offering.title_de}“ wurde aus dem Portal genommen."]
    assert "früheren" not in OutgoingMail.objects.get().text

    offering.refresh_from_db()
    assert (shown, offering.state) == ("published", "draft")
    client.logout()
    assert client.get(f"/de/angebote/{offering.slug}/").status_code != 200


def test_read_ones_leave_the_list(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")

    press(client, lead, "read")

    client.force_login(lead)
    assert client.get(PUBLISHED).context["page"].total == 0
    assert Offering.objects.get().title_de == "Yoga"


def test_undo_does_not_touch_what_was_changed_meanwhile(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    client.force_login(lead)
    [row] = client.get(PUBLISHED).context["page"].rows
    propose(client, lead, offering, title_de="Yoga im Haus")

    client.force_login(lead)
    data = {"do": "undo", "first": row.first.pk, "last": row.last.number}
    client.post(PUBLISHED, data)

    assert Offering.objects.get().title_de == "Yoga im Haus"


def test_providers_do_not_undo(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    first = EntryVersion.objects.get(is_unread=True)

    response = client.post(
        PUBLISHED, {"do": "undo", "first": first.pk, "last": first.number}
    )

    assert response.status_code == 403
    assert Offering.objects.get().title_de == "Yoga"


@pytest.mark.parametrize("sent", ["", "x", "9" * 30, "-1", "0"])
def test_nonsense_is_answered_kindly(client, lead, sent):
    client.force_login(lead)

    answers = [
        client.get(f"{LIST}?page={sent}&organisation={sent}"),
        client.get(f"{PUBLISHED}?page={sent}&organisation={sent}"),
        client.post(PUBLISHED, {"do": "undo", "first": sent, "last": sent}),
    ]

    assert [one.status_code for one in answers] == [200, 200, 302]


def fill(number: int) -> None:
    """So many offers, each with a waiting change, two corrections from mails and
    versions nobody has read. One is made as people do, the others are its copies.
    """
    author = make_author(make_organisation("Ein Träger"))
    own = make_organisation("Träger 0")
    changed = make_offering("Kurs 0", provider=own)
    waiting.store(changed, {"title_de": "Neu"}, by=author)
    row = MaintainedEntry.objects.create(
        kind="offering",
        object_id=changed.pk,
        organisation=own,
        title=changed.title_de,
        synced_at=changed.updated_at,
    )
    for field in ("phone", "email"):
        ProposedChange.objects.create(
            entry=row, field=field, new="x", at=changed.updated_at
        )
    note(changed, by=author, how=EntryVersion.How.LOGIN)
    changed.title_de = "Anders"
    changed.save()
    note(changed, by=author, how=EntryVersion.How.LOGIN)
    copy_all(own, changed, row, number)


def copy_all(
    own: Organisation, changed: Offering, row: MaintainedEntry, number: int
) -> None:
    names = range(1, number)
    owners = copies(
        [own], [{"name_de": f"Träger {n}", "slug": f"t-{n}"} for n in names]
    )
    offers = copies(
        [changed],
        [
            {"title_de": f"Kurs {n}", "slug": f"k-{n}", "provider": owner}
            for n, owner in zip(names, owners, strict=True)
        ],
    )
    of_each = [
        {"object_id": offer.pk, "organisation": offer.provider, "title": offer.title_de}
        for offer in offers
    ]
    rows = copies([row], of_each)
    moments = [changed.updated_at + timedelta(seconds=n) for n in names]
    copies(
        row.proposed_changes.all(),
        [
            {"entry": one, "at": moment}
            for one, moment in zip(rows, moments, strict=True)
        ],
    )
    copies(EntryVersion.objects.all(), of_each)
    [first] = WaitingVersion.objects.all()
    authors = first.authors.through.objects.all()
    versions = copies([first], of_each)
    for one, moment in zip(versions, moments, strict=True):
        one.since = moment
    WaitingVersion.objects.bulk_update(versions, ["since"])
    copies(authors, [{"waitingversion": one} for one in versions])


def copies(rows: Iterable[Model], changes: list[dict[str, object]]) -> list[Model]:
    """Each of the rows once with each of the changes."""
    made = []
    for row, values in product(rows, changes):
        kept = {field.name: getattr(row, field.name) for field in row._meta.fields}
        made.append(type(row)(**kept | {row._meta.pk.name: None} | values))
    return type(made[0]).objects.bulk_create(made) if made else []


@pytest.mark.parametrize("number", [3, 300])
def test_lists_ask_a_fixed_number_of_questions(
    client, lead, django_assert_num_queries, number
):
    fill(number)
    client.force_login(lead)
    client.get(LIST)

    with django_assert_num_queries(11):
        waiting_page = client.get(LIST)
    with django_assert_num_queries(9):
        published = client.get(PUBLISHED)

    assert waiting_page.context["page"].total == 2 * number
    assert published.context["page"].total == number
    assert len(waiting_page.context["page"].rows) == min(25, 2 * number)
    assert lists.count_waiting() == 2 * number


def test_list_is_cut_down_to_an_organisation(client, lead):
    fill(3)
    client.force_login(lead)
    organisations = client.get(LIST).context["organisations"]

    page = client.get(f"{LIST}?organisation={organisations[1][0]}").context["page"]

    assert [name for _pk, name in organisations] == ["Träger 0", "Träger 1", "Träger 2"]
    assert {row.organisation for row in page.rows} == {"Träger 1"}
    assert page.total == 2


def test_corrections_from_mails_are_in_the_list(client, lead):
    fill(1)
    client.force_login(lead)

    rows = client.get(LIST).context["page"].rows

    [correction] = [row for row in rows if row.who == "Link in einer E-Mail"]
    assert client.get(correction.path).context["cl"].result_count == 2
