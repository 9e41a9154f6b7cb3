import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.city.tests.factories import make_user
from monitoring.models import ProtectionRule
from monitoring.tests.factories import make_area, make_raw
from monitoring.tests.protection_world import PERIOD, make_protected, make_set

pytestmark = pytest.mark.django_db
RAW = "/verwaltung/monitoring/rawvalue/"
RULES = "/verwaltung/monitoring/protectionrule/"


@pytest.fixture(autouse=True)
def groups():
    ensure_groups()


def raw_value():
    indicator = make_protected(make_set())
    return make_raw(indicator, make_area("Nord"), PERIOD, 31337)


def test_the_statistics_office_reads_raw_values_and_every_look_is_noted(client):
    row = raw_value()
    person = make_user("statistik", STATISTICS)
    client.force_login(person)

    page = client.get(RAW, {"indicator__id__exact": row.indicator_id})

    assert "31337" in page.content.decode().replace(".", "")
    entry = AuditEntry.objects.get(action=AuditEntry.Action.READ_RAW)
    assert (entry.by, entry.about, entry.model, entry.details) == (
        person,
        "Kinder",
        "monitoring.indicator",
        {"filters": f"indicator__id__exact={row.indicator_id}"},
    )
    assert client.get(f"{RAW}add/").status_code == 403
    assert client.post(f"{RAW}{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("group", "is_superuser"),
    [
        (ADVISERS, False),
        (LEADS, False),
        (OFFICE, False),
        (PROVIDERS, False),
        (TRANSLATORS, False),
        (LEADS, True),
    ],
)
def test_nobody_else_reads_raw_values(client, group, is_superuser):
    row = raw_value()
    client.force_login(make_user("anna", group, is_superuser=is_superuser))

    statuses = [
        client.get(address).status_code
        for address in (RAW, f"{RAW}{row.pk}/change/", f"{RAW}{row.pk}/history/")
    ]

    assert statuses == [403, 403, 403]
    assert not AuditEntry.objects.filter(action="read_raw").exists()


@pytest.mark.parametrize(("group", "status"), [(STATISTICS, 200), (OFFICE, 403)])
def test_rules_are_set_by_the_statistics_office(client, group, status):
    make_set()
    rule = ProtectionRule.objects.get()
    client.force_login(make_user("anna", group))

    assert client.get(f"{RULES}{rule.pk}/change/").status_code == 200
    assert client.get(f"{RULES}add/").status_code == status
