"""Findings as `herne_bildung.tests.monitoring_examples` asks for them."""

from goals.tests.factories import (
    make_body,
    make_goal,
    make_mandate,
    make_measure,
    make_paper,
)
from herne_bildung.lib import clock
from monitoring.choices import FigureUse
from monitoring.findings.tests.factories import (
    make_decision,
    make_discussion,
    make_figure,
    make_finding,
)
from monitoring.models import Finding
from monitoring.tests.factories import make_area, make_indicator
from offerings.models import Offering

WHOLE, BARE = "ganze-erkenntnis", "offene-erkenntnis"


def findings() -> list[dict[str, str]]:
    """One with all that its page can show, and one with nothing but a title."""
    if not Finding.objects.filter(slug=WHOLE).exists():
        make_whole_finding(slug=WHOLE)
        make_finding("Noch ist nichts bekannt", slug=BARE)
    return [{"slug": WHOLE}, {"slug": BARE}]


def make_whole_finding(**values) -> Finding:
    """A finding with every step of the chain."""
    finding = make_finding("Ganze Erkenntnis", text_de="Der Wert steigt.", **values)
    indicator, area = make_indicator("Ganze Erkenntnis"), make_area("Herne")
    for period, value, use in (
        ("2021", "12.5", FigureUse.BASIS),
        ("2022", "11", FigureUse.EFFECT),
    ):
        make_figure(
            finding, value, indicator=indicator, area=area, period=period, use=use
        )
    body, paper = make_body("Ganzer Kreis der Erkenntnis"), make_paper()
    make_discussion(finding, body, note_de="Es wurde gesprochen.")
    make_decision(finding, body=body, paper=paper)
    goal = make_goal()
    finding.goals.add(goal)
    finding.measures.add(make_measure("Elterncafé", goal=goal))
    finding.mandates.add(make_mandate("Berichten", paper=paper))
    finding.offerings.add(*Offering.objects.published(clock.today())[:1])
    finding.effect_de = "Es hat geholfen."
    finding.save()
    return finding
