"""Offices, contact roles and dates of routes as entries that people confirm."""

from datetime import timedelta

import pytest

from counselling.models import ContactRole, CounsellingOffice, Route, RouteDate
from counselling.tests import routes
from counselling.tests.factories import make_concern, make_office, make_role
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock, page_cache

pytestmark = pytest.mark.django_db


def make_date(days: int, **values) -> RouteDate:
    route, _ = Route.objects.get_or_create(
        slug="weg", title_de="Weg", lead_de="x", is_published=True
    )
    day = clock.today() + timedelta(days=days)
    return routes.make_date(route, first_day=day, **values)


def known() -> dict[str, list[str]]:
    """Kinds the engine looks after, with the groups of facts of each entry."""
    rows = MaintainedEntry.objects.order_by("kind", "pk")
    return {row.kind: sorted(row.groups) for row in rows}


def test_the_engine_looks_after_offices_roles_and_dates():
    organisation = make_organisation(is_provider=False)
    office = make_office(organisation=organisation, concerns=[make_concern()])
    make_role(office, phone="02323 1")
    make_date(30, organisation=organisation)
    make_date(-1, organisation=organisation)
    make_office(state=CounsellingOffice.State.PLANNED)

    sync_all()

    assert known() == {
        "office": ["description", "hours", "terms"],
        "role": ["contact", "task"],
        "route_date": ["date"],
    }
    rows = MaintainedEntry.objects.values_list("organisation_id", flat=True)
    assert list(rows) == [organisation.pk] * 3


@pytest.mark.parametrize("name", ["office", "role", "route_date"])
def test_hidden_ones_leave_the_site_and_come_back(client, name):
    office = make_office("Schulberatung", organisation=make_organisation())
    role = make_role(office, "Fachberatung", phone="02323 1")
    date = make_date(30, organisation=office.organisation)
    found = {"office": office, "role": role, "route_date": date}[name]
    kind, said = kinds()[name], {"role": "Fachberatung", "route_date": "Anmeldung"}
    path = kind.page_path(kind.get(found.pk))

    def is_there() -> bool:
        page_cache.outdate()
        page = client.get(f"/de{path[3:]}")
        return page.status_code == 200 and said.get(name, "Schul") in page.text

    before = is_there()
    kind.hide(kind.get(found.pk))
    hidden = is_there()
    kind.show(type(found).objects.get(pk=found.pk))

    assert (before, hidden, is_there()) == (True, False, True)


def test_a_changed_fact_is_seen_and_an_ended_name_is_none():
    role = make_role(
        make_office(),
        phone="02323 1",
        person_name="Kim Beispiel",
        name_consent_on=clock.today(),
        name_shown_until=clock.today(),
    )
    kind = kinds()["role"]
    before = kind.fingerprints(kind.get(role.pk))

    ContactRole.objects.update(person_name="", name_shown_until=None)
    without_name = kind.fingerprints(kind.get(role.pk))
    ContactRole.objects.update(phone="02323 2")
    changed = kind.fingerprints(kind.get(role.pk))

    assert without_name == before
    assert [group for group in changed if changed[group] != before[group]] == [
        "contact"
    ]


@pytest.mark.parametrize("name", ["office", "role", "route_date"])
def test_the_correction_form_changes_nothing_by_itself(name):
    office = make_office(languages=["de", "tr"], ways=["phone"], is_free=True)
    entries = {
        "office": office,
        "role": make_role(office, phone="02323 1"),
        "route_date": make_date(30),
    }
    kind, entry = kinds()[name], entries[name]
    shown = kind.correction_form(instance=entry)
    values = {field: shown[field].value() for field in shown.fields}
    sent = {field: value for field, value in values.items() if value is not None}

    form = kind.correction_form(sent, instance=entry)

    assert form.is_valid(), form.errors
    assert form.changed_data == []
