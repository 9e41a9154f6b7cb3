"""Findings and indicators on the pages of what they lead to; drafts on none."""

from datetime import UTC, datetime

import pytest
from lxml import html

from goals.choices import Publication
from goals.evaluation.tests.examples import make_evaluation
from goals.tests.factories import (
    make_body,
    make_goal,
    make_mandate,
    make_measure,
    make_paper,
)
from monitoring.choices import FigureUse, ReleaseState
from monitoring.findings.actions import freeze_figure
from monitoring.findings.tests.factories import (
    make_decision,
    make_discussion,
    make_finding,
)
from monitoring.models import Finding
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def findings() -> list[Finding]:
    """A public one, and one that nobody sees yet."""
    return [
        make_finding("Gesehen", slug="gesehen"),
        make_finding("Entwurf", slug="entwurf", state=Publication.DRAFT),
    ]


def links(client, address: str) -> list[str]:
    """Those to pages of the monitoring, in their order, without the navigation."""
    page = html.fromstring(client.get(address).content.decode())
    found = page.xpath("//main//a[contains(@href, '/monitoring/')]/@href")
    return [one.removeprefix("/de/monitoring/") for one in found]


def test_a_goal_has_its_own_and_those_of_measures_and_mandates(client, findings):
    goal = make_goal()
    measure, mandate = make_measure(goal=goal), make_mandate()
    mandate.goals.add(goal)
    for entry in (goal, measure, mandate):
        entry.findings.add(*findings)
    for name, entry in (("ziel", goal), ("massnahme", measure)):
        entry.indicators.add(
            make_indicator(slug=f"zahl-{name}"),
            make_indicator(slug=f"entwurf-{name}", state=Publication.DRAFT),
        )

    found = links(client, f"/de/ziele/{goal.period.slug}/{goal.slug}/")

    assert found == [
        "erkenntnisse/gesehen/",
        "zahl-massnahme/",
        "zahl-ziel/",
        "erkenntnisse/gesehen/",
        "erkenntnisse/gesehen/",
    ]


def test_a_paper_has_those_decided_with_it_and_those_of_its_mandates(client, findings):
    paper = make_paper()
    mandate = make_mandate(paper=paper)
    for finding in findings:
        make_decision(finding, paper=paper)
        make_decision(finding, paper=paper)
        mandate.findings.add(finding)

    found = links(client, f"/de/ziele/vorlagen/{paper.slug}/")

    assert found == ["erkenntnisse/gesehen/", "erkenntnisse/gesehen/"]


def test_a_body_has_those_it_dealt_with_once(client, findings):
    body = make_body()
    for finding in findings:
        make_discussion(finding, body)
        make_discussion(finding, body)
        make_decision(finding, body=body)

    found = links(client, f"/de/ziele/netzwerk/{body.slug}/")

    assert found == ["erkenntnisse/gesehen/"]


def test_evidence_of_a_verdict_has_its_frozen_figures(client):
    goal = make_goal()
    evidence = make_evaluation(goal).evidence.get()
    area = make_area("Herne")
    indicators = [
        make_indicator("Quote", slug="quote"),
        make_indicator("Verborgen", slug="verborgen"),
        make_indicator("Zurückgezogen", slug="zurueck"),
    ]
    releases = [make_release(one) for one in indicators]
    for release, indicator in zip(releases, indicators, strict=True):
        make_observation(release, area, "2022", "12.5")
        freeze_figure(
            evidence=evidence,
            indicator=indicator,
            area=area,
            period="2022",
            use=FigureUse.EVIDENCE,
        )
    indicators[1].state = Publication.INTERNAL
    indicators[1].save()
    releases[2].state = ReleaseState.WITHDRAWN
    releases[2].ended_at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    releases[2].withdrawn_because_de = "Falsch gezählt."
    releases[2].save()

    answer = client.get(f"/en/ziele/{goal.period.slug}/auswertung/")

    page = html.fromstring(answer.content.decode())
    lines = page.xpath("//ul[@class='verdict__evidence']/li/ul/li")
    assert [" ".join(one.text_content().split()) for one in lines] == [
        "Quote, Herne, 2022: 12.5% (Release 1)",
        "Zurückgezogen, Herne, 2022: withdrawn (Release 1). The release of this figure "
        "was withdrawn on November 20, 2026.",
    ]
