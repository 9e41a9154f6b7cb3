"""Staff make a report at one press, write, submit; leads make it public."""

import pytest
from django.urls import reverse

from goals.models import Report
from goals.reports.tests.factories import make_draft, make_released
from goals.tests.factories import make_goal, make_measure, make_period
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
NEW = "/verwaltung/goals/report/add/"
STEPS = ("remake", "submit", "discard", "release", "withdraw")


@pytest.fixture(autouse=True)
def groups():
    ensure_groups()


@pytest.fixture
def period():
    make_period(2013, is_closed=True)
    period = make_period(2023)
    make_measure("Elternbefragung", goal=make_goal("Monitoring", period=period))
    make_goal("Ganztag", period=period)
    return period


def sign_in(client, *names: str):
    user = make_user("", *names)
    client.force_login(user)
    return user


def page(name: str, report: Report) -> str:
    return reverse(f"admin:goals_report_{name}", args=[report.pk])


def test_one_press_makes_a_report_about_all_goals_of_the_period(client, period):
    user = sign_in(client, OFFICE)
    board = make_organisation("Schulausschuss", kind=Organisation.Kind.COMMITTEE)
    form = client.get(NEW).context["form"]
    goals = [goal.pk for goal in form["goals"].initial]

    sent = {"committee": "Schulausschuss", "day": "2026-12-03", "goals": goals}
    response = client.post(NEW, sent)

    report = Report.objects.get()
    assert response.headers["Location"] == page("steps", report)
    assert goals == [goal.pk for goal in period.goals.all()]
    shown = (report.slug, report.period, report.committee_organisation, report.made_by)
    assert shown == ("2023-2027-2026-12-03", period, board, user)
    assert [goal["title"] for goal in report.snapshot["goals"]] == [
        "Monitoring",
        "Ganztag",
    ]


def test_only_goals_of_the_period_are_taken(client, period):
    sign_in(client, OFFICE)
    other = make_goal(period=make_period(2013))

    sent = {"committee": "Rat", "day": "0026-12-03", "goals": [other.pk]}
    response = client.post(f"{NEW}?period=2023-2027", sent)

    assert sorted(response.context["form"].errors) == ["day", "goals"]
    assert not Report.objects.exists()


def test_staff_write_submit_and_leads_make_public(client, period):
    sign_in(client, OFFICE)
    report = make_draft(period)
    texts = {"title": "Bericht", "committee": "Rat", "day": "2026-12-10"}
    client.post(
        f"/verwaltung/goals/report/{report.pk}/change/",
        {**texts, "intro": "Wie erbeten.", "outlook": "", "costs": ""},
    )
    asked = client.get(page("submit", report))
    client.post(page("submit", report))
    refused = client.post(page("release", report)).status_code
    sign_in(client, LEADS)
    client.post(page("release", report))

    report.refresh_from_db()
    shown = (report.title, report.slug, report.intro, report.state)
    assert shown == ("Bericht", "2023-2027-2026-12-10", "Wie erbeten.", "released")
    assert refused == 403
    assert [name for name, text in asked.context["texts"] if not text] != []
    assert sorted(report.files.values_list("form", flat=True)) == ["docx", "pdf"]


def test_submitted_report_has_no_form_and_takes_no_step(client, period):
    sign_in(client, LEADS)
    report = make_released(period)
    before = Report.objects.values().get()

    form = client.get(f"/verwaltung/goals/report/{report.pk}/change/")
    for step in ("remake", "submit", "discard", "release"):
        client.post(page(step, report))

    assert form.context["has_change_permission"] is False
    assert Report.objects.values().get() == before


def test_links_change_nothing(client, period):
    sign_in(client, LEADS)
    report = make_draft(period)
    before = Report.objects.values().get()

    answered = {step: client.get(page(step, report)).status_code for step in STEPS}

    assert answered == {**dict.fromkeys(STEPS, 405), "submit": 200}
    assert Report.objects.values().get() == before


def test_preview_and_file_of_a_draft_say_that_it_is_one(client, period):
    sign_in(client, OFFICE)
    report = make_draft(period)

    shown = client.get(page("preview", report))
    file = client.get(page("pdf", report))

    assert shown.context["report"].document["mark"] == "Entwurf"
    kept = [one.headers["Cache-Control"].split(",")[0] for one in (shown, file)]
    assert kept == ["no-store", "no-store"]
    assert file.content.startswith(b"%PDF")


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS, TRANSLATORS])
def test_others_do_not_reach_reports(client, period, group):
    sign_in(client, group)
    report = make_draft(period)
    names = ("steps", "preview", "pdf", "docx", "submit")

    addresses = [NEW, "/verwaltung/goals/report/", *(page(n, report) for n in names)]
    answered = {client.get(address).status_code for address in addresses}
    answered |= {client.post(page(step, report)).status_code for step in STEPS}

    assert answered == {403}
    assert Report.objects.get().state == "draft"
