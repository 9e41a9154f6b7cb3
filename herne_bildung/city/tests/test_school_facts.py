"""What the page of a school says where a fact is missing or only half known."""

from datetime import date

import pytest
from django.utils.translation import override

from herne_bildung.city.school_page import school_page
from herne_bildung.city.tests.factories import make_place, make_school

pytestmark = pytest.mark.django_db


def facts(school) -> dict[str, list[str]]:
    """What stands beside each label; nothing where it is not known."""
    with override("en"):
        return {
            fact["label"]: fact.get("lines")
            or ([] if fact.get("is_unknown") else [fact["value"]])
            for fact in school_page(school, "en").facts
        }


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (
            {"street": "Weg 1", "postal_code": "44623", "city": "Herne"},
            ["Weg 1, 44623 Herne"],
        ),
        ({"street": "Weg 1", "postal_code": "", "city": ""}, ["Weg 1"]),
        ({"street": "", "postal_code": "44623", "city": "Herne"}, []),
    ],
)
def test_an_address_needs_a_street(place, address):
    assert facts(make_school(place=make_place(**place)))["Address"] == address


@pytest.mark.parametrize(
    ("values", "pupils"),
    [
        ({}, []),
        ({"pupils": 1285}, ["about 1,285"]),
        (
            {"pupils": 285, "pupils_year": "2024/25"},
            ["about 285", "School year 2024/25, rounded to 5"],
        ),
    ],
)
def test_number_of_pupils_is_rounded_and_of_a_year(values, pupils):
    assert facts(make_school(**values))["Pupils"] == pupils


def test_vanished_school_says_so(client):
    school = make_school("Alte Schule", vanished_on=date(2026, 3, 9))

    response = client.get(f"/de/schulen/{school.slug}/")

    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-store"
    assert "9. März 2026" in response.content.decode()
    arabic = client.get(f"/ar/schulen/{school.slug}/").content.decode()
    assert "9 مارس 2026" in arabic


def test_unknown_school_is_not_found(client):
    assert client.get("/de/schulen/gibt-es-nicht/").status_code == 404


def test_changed_school_is_shown_at_once(client, django_capture_on_commit_callbacks):
    school = make_school("Alter Name")
    client.get(f"/de/schulen/{school.slug}/")

    with django_capture_on_commit_callbacks(execute=True):
        school.name = "Neuer Name"
        school.save()

    page = client.get(f"/de/schulen/{school.slug}/").content.decode()
    assert "Neuer Name" in page
    assert "Alter Name" not in page
