"""One finding: the chain in reading order, what is hidden, what became of releases."""

from datetime import UTC, date, datetime

import pytest
from lxml import html

from goals.choices import Publication
from goals.tests.factories import (
    make_body,
    make_goal,
    make_mandate,
    make_measure,
    make_paper,
)
from monitoring.choices import BreakKind, FigureUse, ReleaseState, Unit
from monitoring.findings.tests.examples import make_whole_finding
from monitoring.findings.tests.factories import (
    make_decision,
    make_discussion,
    make_figure,
    make_finding,
)
from monitoring.models import Finding, SeriesBreak
from monitoring.tests.factories import make_area, make_indicator

pytestmark = pytest.mark.django_db
ENDED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def shown(client, finding: Finding, language: str = "en") -> html.HtmlElement:
    answer = client.get(f"/{language}/monitoring/erkenntnisse/{finding.slug}/")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def steps(page: html.HtmlElement) -> list[str]:
    return [plain(one) for one in page.xpath("//ol[@class='chain']/li")]


def test_a_bare_finding_says_what_is_not_known(client):
    page = shown(client, make_finding())

    assert steps(page) == [
        "The figure it rests on Not known: no public figure is named.",
        "Discussed in Not known: no body is named that talked about it.",
        "Decided Nothing is decided yet.",
        "What follows No measure, no offer and no mandate is known yet.",
        "What came of it Not known yet.",
    ]


def test_the_chain_is_told_in_reading_order(client):
    finding = make_finding(text_de="Mehr Kinder.", effect_de="Weniger Wartezeit.")
    indicator = make_indicator("Quote", slug="quote", unit=Unit.PERCENT)
    cell = {"indicator": indicator, "area": make_area("Herne")}
    make_figure(finding, "12.5", **cell, period="2021")
    make_figure(finding, "11", **cell, period="2022", use=FigureUse.EFFECT)
    body = make_body("Runder Tisch", slug="runder-tisch")
    paper = make_paper("Mehr Plätze", number="0012", slug="2026-0012")
    make_discussion(finding, body, note_de="Lange.")
    make_decision(finding, "Es wird gehandelt.", body=body, paper=paper)
    goal = make_goal()
    finding.measures.add(make_measure("Elterncafé", goal=goal))
    finding.mandates.add(make_mandate("Berichten", paper=paper))

    assert steps(shown(client, finding)) == [
        "The figure it rests on 12.5% Quote, Herne, 2021 Release 1, from which this "
        "figure comes The figure stands here as it was published then. Later releases "
        "do not change it.",
        "Discussed in Runder Tisch, November 9, 2026 Lange.",
        "Decided November 16, 2026, Runder Tisch, 2026/0012 Mehr Plätze Es wird "
        "gehandelt.",
        "What follows Measures Elterncafé Status: not known Mandates of the council "
        "Berichten (2026/0012)",
        "What came of it 202112.5% 202211.0% Difference\u22121.5 percentage points "
        "11.0% Quote, Herne, 2022 Release 1, from which this figure comes Weniger "
        "Wartezeit.",
    ]


def test_what_is_not_public_is_not_named(client):
    finding = make_finding()
    hidden = {"state": Publication.INTERNAL}
    body, paper = make_body("Geheimer Kreis", **hidden), make_paper("Geheim", **hidden)
    make_figure(finding, indicator=make_indicator("Verborgen"))
    finding.figures.get().release.indicator.__class__.objects.update(**hidden)
    make_discussion(finding, body, note_de="Geheimes Wort")
    make_decision(finding, "Wir handeln.", body=body, paper=paper)
    finding.measures.add(make_measure("Entwurf", **hidden))
    finding.mandates.add(make_mandate("Geheimauftrag", paper=paper))
    finding.goals.add(make_goal("Verborgenes Ziel", **hidden))

    page = shown(client, finding)

    text = plain(page.xpath("//main")[0])
    names = ("Geheim", "Verborgen", "Entwurf")
    assert [name for name in names if name.lower() in text.lower()] == []
    assert steps(page)[2:4] == [
        "Decided November 16, 2026 Wir handeln.",
        "What follows No measure, no offer and no mandate is known yet.",
    ]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
def test_drafts_have_no_page(client, state):
    finding = make_finding(state=state)

    answer = client.get(f"/de/monitoring/erkenntnisse/{finding.slug}/")

    assert answer.status_code == 404


def test_a_replaced_release_is_said_and_a_withdrawn_value_is_not_shown_again(client):
    finding = make_finding()
    replaced = make_figure(finding, "12.5", area=make_area("Herne")).release
    withdrawn = make_figure(finding, "77.7", area=make_area("Herne")).release
    for release, state in (
        (replaced, ReleaseState.SUPERSEDED),
        (withdrawn, ReleaseState.WITHDRAWN),
    ):
        release.state, release.ended_at = state, ENDED
        release.withdrawn_because_de = "Falsch gezählt."
        release.save()

    first, second = [
        plain(one)
        for one in shown(client, finding).xpath("//div[@class='frozen-figure']")
    ]

    assert first == (
        "12.5% Kennzahl, Herne, 2022 Release 1, from which this figure comes "
        "The release of this figure was replaced by a newer one on November 20, 2026."
    )
    assert second == (
        "withdrawn Kennzahl, Herne, 2022 Release 1, from which this figure comes "
        "The release of this figure was withdrawn on November 20, 2026. "
        "Falsch gezählt."
    )


@pytest.mark.parametrize(
    ("unit", "later", "breaks", "difference"),
    [
        (Unit.PERCENT, "11", [], "\u22121.5 percentage points"),
        (Unit.NUMBER, "14", [], "+1.5"),
        (Unit.NUMBER, "12.5", [], "0"),
        (Unit.NUMBER, None, [], ""),
        (Unit.NUMBER, "14", [("2022", BreakKind.BREAK)], ""),
        (Unit.NUMBER, "14", [("2021", BreakKind.BREAK)], "+1.5"),
        (Unit.NUMBER, "14", [("2021", BreakKind.EXCEPTIONAL)], ""),
        (Unit.NUMBER, "14", [("2020", BreakKind.EXCEPTIONAL)], "+1.5"),
    ],
)
def test_the_difference_is_said_where_there_is_one(
    client, unit, later, breaks, difference
):
    finding, area = make_finding(), make_area()
    indicator = make_indicator(unit=unit)
    for period, kind in breaks:
        SeriesBreak.objects.create(
            indicator=indicator, period=period, kind=kind, reason_de="Neu gezählt."
        )
    cell = {"indicator": indicator, "area": area}
    make_figure(finding, "12.5", **cell, period="2021")
    make_figure(finding, later, **cell, period="2022", use=FigureUse.EFFECT)

    answer = client.get(f"/en/monitoring/erkenntnisse/{finding.slug}/")

    [effect] = answer.context["finding"].effects
    is_broken = not difference and later is not None
    assert (effect.difference, [one.text for one in effect.why_not]) == (
        difference,
        ["Neu gezählt."] if is_broken else [],
    )


@pytest.mark.parametrize("number", [1, 3])
def test_its_queries_do_not_grow(client, django_assert_num_queries, number):
    finding = make_whole_finding(slug="ganz")
    for count in range(number - 1):
        make_figure(finding, area=make_area(), period=str(2000 + count))
        make_discussion(finding, make_body())
        make_decision(finding, body=make_body(), paper=make_paper())
        finding.measures.add(make_measure())
        finding.mandates.add(make_mandate())
        finding.goals.add(make_goal())

    with django_assert_num_queries(10):
        shown(client, finding)


def test_days_are_those_of_herne(client):
    finding = make_finding(closed_on=date(2026, 11, 21))

    assert steps(shown(client, finding))[-1] == (
        "What came of it Not known yet. Closed on November 21, 2026"
    )
