"""No page of a provider shows what is another's, or a note of staff."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client

from herne_bildung.tests.roles.addresses import ANY, OWN, requests
from herne_bildung.tests.roles.people import session_of
from herne_bildung.tests.roles.things import FOREIGN, NOTE

pytestmark = [pytest.mark.django_db, pytest.mark.long]
# Pages that are the same for everyone, or about one's own login.
SAME = ("account_", "mfa_", "usersessions", "admin:axes_", "admin:log", "admin:jsi18n")


def pages(world, role: str) -> dict[str, str]:
    """What someone reads, by address: pages with a search where there is one."""
    client, cookies = Client(), session_of(world.people[role])
    found = {}
    for one in requests(world.own, world.foreign, world.shared):
        if one.method == "GET" and one.whose in {ANY, OWN}:
            if one.address.startswith(SAME):
                continue
            client.cookies = SimpleCookie(cookies)
            response = client.get(one.path)
            if response.status_code == 200:
                # Some are files.
                text = b"".join(response).decode(errors="replace")
                found[one.address] = text
    return found


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_providers_read_nothing_of_others(world, role):
    found = pages(world, role)

    showing = [name for name, text in found.items() if FOREIGN.lower() in text.lower()]
    noted = [name for name, text in found.items() if NOTE in text]
    assert (showing, noted) == ([], [])
    assert len(found) > 25
    assert "Angebot Eigen" in found["admin:offerings_offering_changelist"]


def test_translators_read_no_notes(world):
    found = pages(world, "translator")

    assert [name for name, text in found.items() if NOTE in text] == []
    assert FOREIGN in found["admin:offerings_offering_changelist"]


def test_advisers_read_notes(world):
    found = pages(world, "adviser")

    assert NOTE in found["admin:city_organisation_change"]
    assert FOREIGN in found["admin:city_organisation_changelist"]


@pytest.mark.parametrize("model", ["city/organisation", "offerings/offering"])
@pytest.mark.parametrize(
    ("role", "status"), [("editor", {302, 400}), ("office", {200})]
)
def test_no_filter_tells_what_a_note_says(world, model, role, status):
    client = Client()
    client.cookies = SimpleCookie(session_of(world.people[role]))

    response = client.get(
        f"/verwaltung/{model}/", {"internal_note__startswith": NOTE[:3]}
    )

    assert response.status_code in status


def test_every_table_goes_out(world):
    """Rows are read while the answer is under way: a list must not break there."""
    found = pages(world, "office")

    assert len([name for name in found if name.endswith("_export")]) > 10
