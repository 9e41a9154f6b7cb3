"""What the database itself keeps true of offices and contacts."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from counselling.models import ContactRole, CounsellingOffice
from counselling.tests.factories import make_office, make_role

pytestmark = pytest.mark.django_db


def end_of_transaction() -> None:
    connection.check_constraints()


def test_an_office_without_general_contact_is_refused():
    CounsellingOffice.objects.create(name_de="Leer", summary_de="x", slug="leer")

    with pytest.raises(IntegrityError, match="no general contact"):
        end_of_transaction()


def test_the_general_contact_cannot_be_taken_away():
    make_office().roles.update(is_general=False)

    with pytest.raises(IntegrityError, match="no general contact"):
        end_of_transaction()


def test_the_general_contact_can_be_exchanged():
    office = make_office()

    office.roles.update(is_general=False)
    make_role(office, "Neu", is_general=True)
    end_of_transaction()

    assert [role.title_de for role in office.roles.filter(is_general=True)] == ["Neu"]


def test_a_second_general_contact_is_refused():
    office = make_office()

    with pytest.raises(IntegrityError, match="one_general_contact_an_office"):
        make_role(office, is_general=True)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name_consent_on": date(2026, 1, 1)},
        {"name_consent_on": date(2026, 2, 1), "name_shown_until": date(2026, 1, 1)},
    ],
)
def test_a_name_needs_consent_and_an_end(values):
    with pytest.raises(IntegrityError, match="contact_name_with_consent"):
        make_role(make_office(), person_name="Kim Beispiel", **values)


def test_a_name_vanishes_after_its_day():
    role = ContactRole(
        person_name="Kim Beispiel",
        name_consent_on=date(2026, 1, 1),
        name_shown_until=date(2026, 6, 30),
    )

    names = [role.name_on(date(2026, 6, 30)), role.name_on(date(2026, 7, 1))]

    assert names == ["Kim Beispiel", ""]


def test_there_is_one_general_office():
    make_office(is_general=True)

    with pytest.raises(IntegrityError, match="one_general_office"):
        make_office(is_general=True)
