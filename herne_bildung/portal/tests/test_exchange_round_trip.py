"""What goes out comes in again and changes nothing."""

import io
from datetime import date, time
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry, EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.city.versions import snapshots
from herne_bildung.portal.models import ImportRecord
from herne_bildung.portal.tests.exchange import checked, problems, taken_over
from offerings.models import CostOption, Occurrence, Offering
from offerings.tests.factories import make_offering, make_schedule, make_topic

LIST = "/verwaltung/offerings/offering/"


@pytest.fixture
def lead(db, client):
    ensure_groups()
    user = make_user("", LEADS)
    client.force_login(user)
    return user


def downloaded(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content)


def full_offering() -> Offering:
    """Every fact filled in, with texts that a spreadsheet could take for formulas."""
    offering = make_offering(
        '=HYPERLINK(1); "Töpfern" | \'n Kurs',
        topics=[make_topic("Kunst, Kultur"), make_topic("Familie")],
        places=[make_place("Haus; eins"), make_place("Gleich"), make_place("Gleich")],
        provider=make_organisation("Volkshochschule"),
        description_de="+49 sagt\nviel\tmehr",
        summary_de="'=1+1",
        title_tr="Çömlek",
        phone="+49 2323 160",
        email="vhs@example.org",
        website="https://example.org/?a=1;b",
        age_min_months=6,
        age_max_months=36,
        target_groups=["parents", "children"],
        languages=["tr", "de"],
        is_free=False,
        is_accessible=None,
        has_childcare=True,
        is_citywide=False,
        format="on_site",
        registration="none",
        starts_on=date(2027, 1, 12),
        only_for="women",
        places_left="waiting_list",
        places_left_on=date(2026, 1, 2),
        paused_from=date(2027, 2, 1),
        paused_until=date(2027, 2, 28),
        is_holiday_programme=False,
        quality_areas=["family_education", "neighbourhood"],
        successor=make_offering("Gleich"),
        internal_note="@intern",
    )
    make_schedule(offering, end_time=time(11), exceptions=[date(2027, 2, 2)])
    make_schedule(
        offering, frequency="monthly", week_of_month=-1, weekdays=[0, 4], interval=2
    )
    Occurrence.objects.create(
        offering=offering, day=date(2027, 1, 19), state="cancelled", reason="illness"
    )
    Occurrence.objects.create(
        offering=offering,
        day=date(2027, 1, 12),
        start_time=time(9, 30),
        state="moved",
        new_day=date(2027, 1, 13),
        new_start_time=time(10),
    )
    CostOption.objects.create(offering=offering, amount=Decimal("3.50"), per="month")
    CostOption.objects.create(offering=offering, amount=Decimal("0"), kind="reduced")
    return offering


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_round_trip_changes_nothing(client, lead, form):
    offering = full_offering()
    make_offering()
    before = snapshots.take(offering)

    data = downloaded(client, f"{LIST}tabelle.{form}")
    job = checked(data, by=lead)

    assert problems(job) == []
    assert (job.state, job.total, job.counts) == (
        "checked",
        3,
        {"same": 3, "kept_facts": 0, "asks": 0, "problems": 0}
        | {"vanished": 0, "known": 0},
    )

    taken_over(data, by=lead, file_name="zweite.csv")

    assert snapshots.take(offering) == before
    assert EntryVersion.objects.count() == 0
    assert ImportRecord.objects.count() == 0


@pytest.mark.parametrize("name", ["organisation", "place"])
def test_organisations_and_places_come_back_unchanged(client, lead, name):
    parent = make_organisation("Stadt", description_de="-minus")
    child = make_organisation("Stadt", parent=parent, phone="+1", is_trusted=True)
    child.places.add(make_place("Haus", latitude=51.5, longitude=7.25))
    make_place("Ohne Straße", street="")

    job = checked(
        downloaded(client, f"/verwaltung/city/{name}/tabelle.xlsx"), by=lead, kind=name
    )

    assert problems(job) == []
    assert job.counts["same"] == job.total == 2


def test_no_cell_is_a_formula(client, lead):
    full_offering()

    lines = downloaded(client, f"{LIST}tabelle.csv").decode("utf-8-sig")
    book = load_workbook(io.BytesIO(downloaded(client, f"{LIST}tabelle.xlsx")))

    assert "'=HYPERLINK" in lines
    assert ";'+49 2323 160;" in lines
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert [c.quotePrefix for c in cells if str(c.value)[:1] in "=+@"] != []
    assert all(c.quotePrefix for c in cells if str(c.value)[:1] in "=+@")


def test_a_list_goes_out_with_its_filter_and_is_noted(client, lead):
    make_offering("Nähen", state="draft")
    make_offering("Malen")
    make_offering("Beispiel", is_sample=True)

    page = client.get(f"{LIST}?q=e&state__exact=draft").content.decode()
    lines = downloaded(client, f"{LIST}tabelle.csv?q=e&state__exact=draft")

    assert f"{LIST}tabelle.csv?q=e&amp;state__exact=draft" in page
    assert [line.split(";")[1] for line in lines.decode().splitlines()] == [
        "Titel",
        "Nähen",
    ]
    noted = AuditEntry.objects.get(action="exported")
    assert (noted.by, noted.details) == (
        lead,
        {"model": "offerings.offering", "rows": 1, "form": "csv"}
        | {"filters": ["q", "state__exact"]},
    )


def test_samples_never_go_out(client, lead):
    make_offering("Beispiel", is_sample=True)

    lines = downloaded(client, f"{LIST}tabelle.csv").decode().splitlines()

    assert len(lines) == 1


def test_people_take_along_only_what_they_see(client, lead):
    own = make_organisation("Eigene")
    make_offering("Eigenes", provider=own, internal_note="geheim")
    make_offering("Fremdes", provider=make_organisation("Andere"))
    user = make_user("", PROVIDERS)
    make_membership(user, own)
    client.force_login(user)

    lines = downloaded(client, f"{LIST}tabelle.csv").decode()

    assert "Eigenes" in lines
    assert not any(word in lines for word in ("Fremdes", "geheim", "Interne Notiz"))

    client.force_login(make_user("", ADVISERS))
    lines = downloaded(client, f"{LIST}tabelle.csv").decode()

    assert all(word in lines for word in ("Eigenes", "Fremdes", "geheim"))


def test_who_may_not_see_a_list_cannot_take_it_along(client, lead):
    client.force_login(make_user("", PROVIDERS))

    assert client.get("/verwaltung/city/membership/tabelle.csv").status_code == 403
    client.logout()
    assert client.get(f"{LIST}tabelle.csv").status_code == 302


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("tabelle.pdf", 404),
        ("tabelle.csv?state__exact=%00", 400),
        ("tabelle.csv?unbekannt=1", 302),
        ("tabelle.csv?id__exact=abc", 302),
    ],
)
def test_tampered_addresses_of_files(client, lead, address, status):
    assert client.get(f"{LIST}{address}").status_code == status


def test_too_many_rows_are_refused_with_a_sentence(client, lead, settings):
    settings.EXPORT_MOST_ROWS = 1
    make_offering(), make_offering()

    answer = client.get(f"{LIST}tabelle.csv?q=A", follow=True)

    assert answer.redirect_chain == [(f"{LIST}?q=A", 302)]
    assert len(answer.context["messages"]) == 1


@pytest.mark.parametrize("rows", [3, 30])
def test_a_file_takes_a_fixed_number_of_queries(
    client, lead, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_schedule(make_offering(price="3", topics=[make_topic()]))
    client.get(f"{LIST}tabelle.csv")

    with django_assert_num_queries(18):
        downloaded(client, f"{LIST}tabelle.csv")
