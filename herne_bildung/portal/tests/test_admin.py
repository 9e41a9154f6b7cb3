"""Searches without result in the administration."""

from datetime import date

import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_user
from herne_bildung.portal.models import SearchWithoutResult

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/portal/searchwithoutresult/"


@pytest.fixture
def counted() -> list[SearchWithoutResult]:
    rows = [
        (date(2026, 10, 1), "yoga", 9),
        (date(2026, 11, 1), "schach", 6),
        (date(2026, 11, 1), "anna muster", 2),
        (date(2026, 11, 1), "yoga", 5),
    ]
    return [
        SearchWithoutResult.objects.create(month=month, words=words, count=count)
        for month, words, count in rows
    ]


def test_latest_and_most_wanted_come_first_and_rare_words_not_at_all(client, counted):
    ensure_groups()
    client.force_login(make_user("", OFFICE))

    rows = client.get(LIST).context["cl"].result_list

    assert [(row.month.month, row.words, row.count) for row in rows] == [
        (11, "schach", 6),
        (11, "yoga", 5),
        (10, "yoga", 9),
    ]


def test_staff_remove_a_row_but_change_none(client, counted):
    ensure_groups()
    client.force_login(make_user("", OFFICE))
    page = f"{LIST}{counted[0].pk}"

    assert client.post(f"{page}/change/", {"words": "x"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert SearchWithoutResult.objects.count() == 3


def test_providers_do_not_see_them(client, counted):
    ensure_groups()
    client.force_login(make_user("", PROVIDERS))

    assert client.get(LIST).status_code == 403


def test_administration_names_its_parts_in_german(client):
    ensure_groups()
    client.force_login(make_user(is_superuser=True))

    apps = client.get("/verwaltung/").context["app_list"]

    assert {app["app_label"]: str(app["name"]) for app in apps} == {
        "axes": "Fehlgeschlagene Anmeldungen",
        "city": "Stadt und Einrichtungen",
        "counselling": "Beratung",
        "freshness": "Pflege der Einträge",
        "goals": "Handlungsziele",
        "monitoring": "Bildungsmonitoring",
        "offerings": "Angebote",
        "portal": "Suche",
    }
