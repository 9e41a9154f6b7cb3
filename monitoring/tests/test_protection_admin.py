import pytest

from goals.choices import Publication
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.admin.log_words import details_in_words
from herne_bildung.city.models import AuditEntry, EntryVersion
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.city.tests.factories import make_user
from monitoring.models import Indicator, ProtectionRule, TableSet
from monitoring.tests.factories import make_area, make_raw
from monitoring.tests.protection_world import PERIOD, make_protected, make_set

pytestmark = pytest.mark.django_db
RAW = "/verwaltung/monitoring/rawvalue/"
RULES = "/verwaltung/monitoring/protectionrule/"
SETS = "/verwaltung/monitoring/tableset/"


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
        {"model": "monitoring.rawvalue", "filters": ["indicator__id__exact"]},
    )
    assert details_in_words(entry) == "Filter: Kennzahl"
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


def test_a_rule_protects_something(client):
    client.force_login(make_user("statistik", STATISTICS))

    values = {"name": "Regel", "distance": 0, "dominance_contributors": 2}
    page = client.post(f"{RULES}add/", {**values, "smallest_count": 2})

    errors = page.context["adminform"].form.errors
    assert sorted(errors) == ["distance", "dominance_percent", "smallest_count"]
    assert not ProtectionRule.objects.exists()


def test_the_statistics_office_says_which_tables_are_linked(client):
    former, table_set = make_set(), make_set()
    there, new = make_protected(former), make_protected(former, "Plätze")
    Indicator.objects.filter(pk=new.pk).update(table_set=None)
    client.force_login(make_user("statistik", STATISTICS))
    address = f"{SETS}{table_set.pk}/change/"

    page = client.get(address)
    form = page.context["adminform"].form
    client.post(
        address, {"name": "Neu", "rule": table_set.rule_id, "members": [new.pk]}
    )

    assert list(form.fields["members"].queryset) == [new]
    assert list(TableSet.objects.get(name="Neu").indicators.all()) == [new]
    assert list(former.indicators.all()) == [there]
    assert EntryVersion.objects.filter(object_id=new.pk).exists()
    client.post(address, {"name": "Neu", "rule": table_set.rule_id})
    assert not table_set.indicators.exists()


def test_the_bildungsbuero_reads_which_tables_are_linked(client):
    indicator = make_protected(make_set())
    client.force_login(make_user("anna", OFFICE))

    page = client.get(f"{SETS}{indicator.table_set_id}/change/")

    text = page.content.decode()
    assert "Kinder" in text
    assert 'name="members"' not in text


def test_the_statistics_office_makes_drafts_of_an_indicator_that_is_one(client):
    row = raw_value()
    Indicator.objects.update(state=Publication.DRAFT)
    client.force_login(make_user("statistik", STATISTICS))
    address = f"/verwaltung/monitoring/indicator/{row.indicator_id}"

    assert client.get(f"{address}/change/").status_code == 200
    assert client.get(f"{address}/entwurf/").status_code == 200
