"""What readers follow, as staff see it: no addresses but for leads."""

import pytest

from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.freshness.models import OutgoingMail, Subscriber, Subscription
from herne_bildung.freshness.tests.factories import put
from herne_bildung.freshness.tests.following import asked_for, follow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("board")]
LIST = "/verwaltung/freshness/subscription/"
MAILS = "/verwaltung/freshness/outgoingmail/"
ADDRESS = "leserin@example.org"


@pytest.mark.parametrize(("group", "sees"), [(OFFICE, False), (LEADS, True)])
def test_addresses_and_their_mails_are_for_leads_only(client, group, sees):
    row = follow(ADDRESS)
    mail = put("follow:news:1", recipient=ADDRESS, text="geheim")
    put("anderer grund", recipient="buero@example.org")
    signed_in(client, group)

    shown = [
        client.get(LIST).text,
        client.get(f"{LIST}{row.pk}/change/").text,
        client.get(MAILS).text,
    ]

    assert ["Brett am Rathaus" in shown[0], "Brett am Rathaus" in shown[1]] == [
        True,
        True,
    ]
    assert [ADDRESS in text for text in shown] == [sees, sees, sees]
    assert "buero@example.org" in shown[2]
    page = client.get(f"{MAILS}{mail.pk}/change/")
    assert (page.status_code, "geheim" in page.text) == (200 if sees else 302, False)


@pytest.mark.parametrize(("group", "number"), [(OFFICE, 2), (LEADS, 1)])
def test_only_leads_search_for_an_address(client, group, number):
    follow(ADDRESS)
    follow("andere@example.org")
    signed_in(client, group)

    found = client.get(LIST, {"q": ADDRESS}).context["cl"].result_list

    assert len(found) == number


@pytest.mark.parametrize("group", [ADVISERS, TRANSLATORS, PROVIDERS])
def test_others_see_nothing_of_it(client, group):
    row = follow()
    signed_in(client, group, translates=["tr"])

    assert [
        client.get(page).status_code for page in (LIST, f"{LIST}{row.pk}/change/")
    ] == [403, 403]


def test_list_is_narrowed_by_kind_and_state(client, office):
    first, second = follow(key="markt"), asked_for(key="rathaus")

    found = [
        [row.pk for row in office.get(LIST, query).context["cl"].result_list]
        for query in (
            {},
            {"kind": "board"},
            {"kind": "goal"},
            {"state": "confirmed"},
            {"state": "waiting"},
        )
    ]

    assert found == [
        [first.pk, second.pk],
        [first.pk, second.pk],
        [],
        [first.pk],
        [second.pk],
    ]


def test_staff_end_one_and_the_address_goes_with_it(office):
    row, other = follow(ADDRESS), follow("andere@example.org")
    put("follow:news:1", recipient=ADDRESS)

    office.post(LIST, {"action": "end", "_selected_action": [row.pk]})

    assert [one.pk for one in Subscription.objects.all()] == [other.pk]
    assert [one.email for one in Subscriber.objects.all()] == ["andere@example.org"]
    assert OutgoingMail.objects.count() == 0


def test_nobody_adds_or_changes_one(office):
    row = follow()

    answers = [
        office.get(f"{LIST}add/").status_code,
        office.post(f"{LIST}{row.pk}/change/", {"key": "markt"}).status_code,
        office.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert Subscription.objects.get().key == "rathaus"


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_a_fixed_number_of_questions(
    office, board, number, django_assert_num_queries
):
    for place in range(number):
        follow(f"leserin-{place}@example.org")
    office.get(LIST)

    with django_assert_num_queries(7):
        office.get(LIST)
