"""The path of a file through the pages of the administration."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_user
from monitoring.choices import Level
from monitoring.imports import work
from monitoring.imports.tests.files import HEADER, checked, csv_of, raw, taken_in
from monitoring.models import ImportRun
from monitoring.tests.factories import make_area, make_breakdown, make_raw

NEW = "admin:monitoring_importrun_add"
DATA = csv_of(HEADER, ("Herne", 2021, "17,5"))


@pytest.fixture
def office(db, client):
    ensure_groups()
    user = make_user("", OFFICE)
    client.force_login(user)
    return user


def hand_in(client, data: bytes, indicator="") -> ImportRun:
    file = SimpleUploadedFile("werte.csv", data)
    answer = client.post(reverse(NEW), {"indicator": indicator, "file": file})
    run = ImportRun.objects.latest("pk")
    page = reverse("admin:monitoring_importrun_change", args=[run.pk])
    assert (answer.status_code, answer["Location"]) == (302, page)
    return run


def test_a_file_is_handed_in_checked_and_taken_in(client, office, share, herne):
    run = hand_in(client, DATA, share.pk)
    page = reverse("admin:monitoring_importrun_change", args=[run.pk])

    assert client.get(page)["Refresh"] == "2"
    work.work()
    answer = client.get(page)
    assert ("Refresh" in answer, raw()) == (False, [])
    assert answer["Cache-Control"].startswith("no-store")
    assert answer.context["sample"][0]["after"] == "17,5"

    client.post(page, {"do": "take_in"})
    client.post(page, {"do": "take_in"})
    work.work()
    assert raw() == [("Herne", "2021", "17.5")]

    draft = reverse("admin:monitoring_indicator_draft", args=[share.pk])
    assert draft in client.get(page).content.decode()
    assert client.get(draft).status_code == 200


def test_columns_are_chosen_on_the_page(client, office, share, herne):
    run = hand_in(
        client, csv_of(("Wo", "Wann", "Was"), ("Herne", 2021, "17.5")), share.pk
    )
    page = reverse("admin:monitoring_importrun_change", args=[run.pk])
    work.work()

    columns = client.get(page).context["columns"]
    assert [(one["name"], one["chosen"]) for one in columns] == [
        ("Wo", ""),
        ("Wann", ""),
        ("Was", ""),
    ]

    chosen = {"column-0": "area", "column-1": "period", "column-2": "value"}
    client.post(page, {"do": "assign", "decimal_sign": ".", **chosen})
    work.work()
    run.refresh_from_db()

    assert (run.state, run.added) == ("checked", 1)

    client.post(page, {"do": "discard"})
    run.refresh_from_db()
    assert (run.state, run.content, run.sample) == ("discarded", None, [])


@pytest.mark.parametrize("data", [b"", b"1" * 2_000_001])
def test_files_of_a_wrong_size_are_refused_at_the_form(client, office, settings, data):
    settings.MONITORING_IMPORT_MOST_BYTES = 2_000_000
    file = SimpleUploadedFile("werte.csv", data)

    answer = client.post(reverse(NEW), {"indicator": "", "file": file})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["file"])
    assert ImportRun.objects.count() == 0


def test_what_is_far_too_large_is_not_even_read(client, office, settings):
    settings.MONITORING_IMPORT_MOST_BYTES = 1_000
    file = SimpleUploadedFile("werte.csv", b"1" * 200_000)

    answer = client.post(reverse(NEW), {"indicator": "", "file": file})

    assert (answer.status_code, answer["Location"]) == (302, reverse(NEW))
    assert ImportRun.objects.count() == 0


def test_errors_are_downloaded_as_a_table(client, office, share, herne):
    run = checked(csv_of(HEADER, ("Herne", 2021, "=1")), indicator=share, by=office)

    answer = client.get(reverse("admin:monitoring_importrun_errors", args=[run.pk]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["2", "C (Wert)"]]


def template(client, indicator, form: str) -> bytes:
    page = reverse("admin:monitoring_importrun_template", args=[indicator.pk, form])
    return b"".join(client.get(page).streaming_content)


def test_templates_have_areas_breakdowns_and_the_next_period(
    client, office, share, herne
):
    quarter = make_area("Wanne", key="ortsteil-wanne", level=Level.QUARTER)
    share.levels = [Level.COUNTY, Level.QUARTER]
    share.save()
    make_area("Schule ohne", level=Level.MUNICIPALITY)
    make_breakdown(share, "geschlecht", "Mädchen")
    make_raw(share, herne, "2021", 5)

    book = load_workbook(io.BytesIO(template(client, share, "xlsx")))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)

    assert header[3] == "geschlecht"
    assert [row[:4] for row in rows] == [
        (herne.key, "Herne", "2022", None),
        (herne.key, "Herne", "2022", "mädchen"),
        (quarter.key, "Wanne", "2022", None),
        (quarter.key, "Wanne", "2022", "mädchen"),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_filled_in_template_comes_in_without_choosing_columns(
    client, office, share, herne, form
):
    make_breakdown(share, "geschlecht", "Mädchen")
    make_raw(share, herne, "2021", 5)
    data = template(client, share, form)
    if form == "csv":
        data = data.replace(b";2022;;;", b";2022;;17,5;", 1)
    else:
        book = load_workbook(io.BytesIO(data))
        book.worksheets[0]["E2"] = 17.5
        file = io.BytesIO()
        book.save(file)
        data = file.getvalue()

    run = taken_in(data, indicator=share, by=office)

    assert (run.added, run.left_out) == (1, 1)
    assert raw() == [("Herne", "2021", "5"), ("Herne", "2022", "17.5")]


def test_the_list_asks_the_same_for_one_and_three(
    client, office, share, herne, django_assert_num_queries
):
    page = reverse("admin:monitoring_importrun_changelist")
    client.get(page)
    for number in (1, 3):
        while ImportRun.objects.count() < number:
            data = csv_of(HEADER, ("Herne", 2000 + ImportRun.objects.count(), 1))
            checked(data, indicator=share, by=office)
        with django_assert_num_queries(8):
            assert len(client.get(page).context["cl"].result_list) == number
