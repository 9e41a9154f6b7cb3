"""A paper with all that a paper can have, and one of which little is known."""

from datetime import date

from goals.choices import MandateStatus
from goals.models import Consultation, CouncilPaper, PaperFile
from goals.tests.factories import (
    make_goal,
    make_mandate,
    make_measure,
    make_paper,
    make_period,
)

RESOLUTION = (
    "Der Ausschuss beschließt die Ziele.\n"
    "Die Verwaltung wird beauftragt, einmal im Jahr zu berichten."
)


def full_paper(number: str = "9001", **values) -> CouncilPaper:
    """Everything published, everything known."""
    period = make_period(2023)
    paper = make_paper(
        "Ziele für das Netzwerk",
        year=2022,
        number=number,
        paper_type="öffentliche Beschlussvorlage",
        dated="2022-11-17",
        lead="FB 31 - Schule und Weiterbildung",
        resolution=RESOLUTION,
        costs="keine",
        website="https://rat.example.org/vorlage/9001",
        source_title="Vorlage 2022/9001",
        **values,
    )
    period.paper = paper
    period.save()
    Consultation.objects.create(
        paper=paper,
        committee="Schulausschuss",
        day="2022-11-17",
        role="Entscheidung",
        result="beschlossen",
    )
    Consultation.objects.create(
        paper=paper, committee="Kulturausschuss", day="2023-02", order=1
    )
    PaperFile.objects.create(paper=paper, name="Anlage 1")
    PaperFile.objects.create(
        paper=paper, name="Anlage 2", url="https://rat.example.org/2.pdf", order=1
    )
    goal = make_goal("Mehr Lesen", period=period, slug=f"mehr-lesen-{number}")
    mandate = make_mandate(
        "Einmal im Jahr berichten",
        paper=paper,
        wording=RESOLUTION.splitlines()[1],
        due_on=date(2023, 12, 31),
        status=MandateStatus.DONE,
        done_on=date(2023, 11, 30),
        outcome_de="Der Bericht liegt vor.",
    )
    mandate.goals.add(goal)
    mandate.measures.add(make_measure("Lesepaten", goal=goal))
    paper.goals.add(goal)
    return paper


def bare_paper(number: str = "9002", **values) -> CouncilPaper:
    """Only number and title are known."""
    return make_paper("Leitbild", year=2011, number=number, **values)


def example_papers() -> list[CouncilPaper]:
    """Both, as samples: for the tests that walk through all pages."""
    found = CouncilPaper.objects.filter(number__in=("9001", "9002"))
    return list(found) or [full_paper(is_sample=True), bare_paper(is_sample=True)]
