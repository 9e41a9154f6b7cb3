"""Findings in the administration: freezing step by step, lists, who may do what."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from goals.choices import Publication
from goals.evaluation.tests.examples import make_evaluation
from goals.tests.administration import said, sent, signed_in
from goals.tests.factories import make_body, make_goal, make_measure, make_period
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from monitoring.choices import FigureUse, FindingOrigin
from monitoring.findings.tests.factories import (
    make_decision,
    make_figure,
    make_finding,
)
from monitoring.models import Figure, Finding
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/monitoring/finding/"
ADD = f"{LIST}add/"
FREEZE = "/verwaltung/monitoring/figure/add/"


def form_of(finding: Finding) -> str:
    return reverse("admin:monitoring_finding_change", args=[finding.pk])


def titles(client, care: str) -> list[str]:
    page = client.get(f"{LIST}?care={care}")
    return sorted(one.title_de for one in page.context["cl"].result_list)


def test_a_finding_goes_from_draft_to_the_site_with_all_its_steps(client):
    signed_in(client, LEADS)
    body = make_body("Runder Tisch")

    new = sent(
        client.get(ADD), title_de="Mehr Kinder", found_on="2026-11-02", state="draft"
    )
    client.post(ADD, new)
    finding = Finding.objects.get()
    values = sent(client.get(form_of(finding)), state="published")
    values |= {
        "discussions-TOTAL_FORMS": "1",
        "discussions-0-body": body.pk,
        "discussions-0-on": "2026-11-09",
        "discussions-0-note_de": "Besprochen.",
        "decisions-TOTAL_FORMS": "1",
        "decisions-0-on": "2026-11-16",
        "decisions-0-text_de": "Es wird gehandelt.",
    }
    client.post(form_of(finding), values)

    page = client.get("/de/monitoring/erkenntnisse/mehr-kinder/").context["finding"]
    assert [one["note"].text for one in page.discussions] == ["Besprochen."]
    assert [one["text"].text for one in page.decisions] == ["Es wird gehandelt."]
    versions = EntryVersion.objects.filter(model="monitoring.finding")
    assert versions.count() == 2


def test_a_figure_is_chosen_step_by_step_without_scripts(client):
    signed_in(client, OFFICE)
    finding, area = make_finding(), make_area("Wanne")
    indicator = make_indicator("Quote")
    girls, boys = make_breakdown(indicator, "geschlecht", "Mädchen", "Jungen")
    release = make_release(indicator)
    make_observation(release, area, "2021", 1)
    make_observation(release, area, "2022", 2, category_1=girls)
    make_observation(release, area, "2022", category_1=boys)
    make_area("Ohne Werte")
    address = f"{FREEZE}?finding={finding.pk}"

    fields = []
    values = {}
    for step in (
        {},
        {"use": FigureUse.BASIS, "indicator": indicator.pk},
        {"area": area.pk, "category_1": girls.pk},
        {"period": "2022", "freeze": "1"},
    ):
        values |= step
        answer = client.post(address, values) if values else client.get(address)
        if answer.status_code == 200:
            form = answer.context["form"]
            fields.append(list(form.fields))

    assert fields == [
        ["use", "indicator"],
        ["use", "indicator", "area", "category_1"],
        ["use", "indicator", "area", "category_1", "period"],
    ]
    assert [str(one) for one in form.fields["area"].queryset] == ["Wanne"]
    assert form.fields["period"].choices == [("2022", "2022: 2,0\xa0%")]
    assert answer.url == form_of(finding)
    figure = finding.figures.get()
    assert (figure.value, figure.category_1, figure.use) == (
        Decimal(2),
        girls,
        FigureUse.BASIS,
    )


def test_what_is_secret_is_refused_as_a_basis_and_said(client):
    signed_in(client, OFFICE)
    finding, area, indicator = make_finding(), make_area(), make_indicator()
    make_observation(make_release(indicator), area, "2022")
    values = {
        "use": FigureUse.BASIS,
        "indicator": indicator.pk,
        "area": area.pk,
        "period": "2022",
        "freeze": "1",
    }

    answer = client.post(f"{FREEZE}?finding={finding.pk}", values)

    state = said("kept secret to protect people")
    assert answer.context["form"].non_field_errors() == [
        said("A finding cannot rest on this value: %(state)s.", state=state)
    ]
    assert Figure.objects.count() == 0


def test_evidence_of_a_verdict_takes_figures(client):
    signed_in(client, OFFICE)
    verdict = make_evaluation(make_goal())
    evidence, area = verdict.evidence.get(), make_area("Herne")
    indicator = make_indicator("Quote")
    make_observation(make_release(indicator), area, "2022", "12.5")
    form = reverse("admin:goals_goalverdict_change", args=[verdict.pk])
    address = f"{FREEZE}?evidence={evidence.pk}"
    assert address in client.get(form).text
    values = {
        "use": FigureUse.EVIDENCE,
        "indicator": indicator.pk,
        "area": area.pk,
        "period": "2022",
        "freeze": "1",
    }

    answer = client.post(address, values)

    assert answer.url == form
    assert "Quote, Herne, 2022: <strong>12,5\xa0%</strong>" in client.get(form).text
    figure = evidence.figures.get()
    removed = client.post(
        reverse("admin:monitoring_figure_delete", args=[figure.pk]), {"post": "yes"}
    )
    assert (removed.url, Figure.objects.count()) == (form, 0)


@pytest.mark.parametrize(
    ("group", "status"),
    [(LEADS, 200), (OFFICE, 200), (ADVISERS, 403), (TRANSLATORS, 403)],
)
def test_who_freezes(client, group, status):
    signed_in(client, group)

    answer = client.get(f"{FREEZE}?finding={make_finding().pk}")

    assert answer.status_code == status


def test_providers_see_no_findings(client):
    signed_in(client, PROVIDERS)

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("query", ["", "?finding=0", "?finding=x", "?evidence=99"])
def test_without_something_to_freeze_for_there_is_no_page(client, query):
    signed_in(client, LEADS)

    assert client.get(f"{FREEZE}{query}").status_code == 404


def test_lists_of_what_somebody_should_look_at(client):
    signed_in(client, OFFICE)
    rule = {"origin": FindingOrigin.WARNING}
    make_finding("offen")
    make_finding("Entwurf", state=Publication.DRAFT)
    make_finding("Hinweis", state=Publication.DRAFT, **rule)
    make_finding("übernommener Hinweis", state=Publication.INTERNAL, **rule)
    make_decision(make_finding("entschieden"))
    make_finding("fertig", closed_on=date(2026, 11, 3))

    assert titles(client, "no-decision") == [
        "Entwurf",
        "offen",
        "übernommener Hinweis",
    ]
    assert titles(client, "warnings") == ["Hinweis"]


def test_measures_and_goals_without_a_figure(client):
    signed_in(client, OFFICE)
    past = make_goal("alt", period=make_period(2013, is_closed=True))
    goal = make_goal("ohne")
    make_measure("ohne", goal=goal)
    make_measure("Geschichte", goal=past)
    with_finding, with_indicator = make_measure("A"), make_measure("B")
    with_finding.findings.add(make_finding())
    with_indicator.indicators.add(make_indicator())
    with_goal = make_goal("mit")
    with_goal.indicators.add(make_indicator())

    def found(model: str, care: str) -> list[str]:
        page = client.get(f"/verwaltung/goals/{model}/?care={care}")
        return sorted(one.title_de for one in page.context["cl"].result_list)

    assert found("measure", "no-figure") == ["ohne"]
    assert "mit" not in found("goal", "no-indicator")
    assert {"ohne"} <= set(found("goal", "no-indicator"))
    assert "alt" not in found("goal", "no-indicator")


@pytest.mark.parametrize(
    ("origin", "state", "may"),
    [
        (FindingOrigin.WARNING, Publication.DRAFT, True),
        (FindingOrigin.WARNING, Publication.PUBLISHED, False),
        (FindingOrigin.STAFF, Publication.DRAFT, False),
    ],
)
def test_only_drafts_of_warnings_are_deleted(client, origin, state, may):
    signed_in(client, OFFICE)
    finding = make_finding(origin=origin, state=state)
    make_figure(finding)
    address = reverse("admin:monitoring_finding_delete", args=[finding.pk])

    answer = client.post(address, {"post": "yes"})

    assert answer.status_code == (302 if may else 403)
    assert Finding.objects.exists() is not may
