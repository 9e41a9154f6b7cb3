"""One entry of each model of the action goals, for the tests of roles."""

from django.db.models import Model

from goals.models import (
    EvaluationRound,
    GoalLink,
    GoalVerdict,
    MissionSentence,
    OParlRun,
    OParlSource,
    WorkArea,
)
from goals.reports.actions import make_report
from goals.tests.factories import (
    make_body,
    make_challenge,
    make_conference,
    make_goal,
    make_mandate,
    make_measure,
    make_news,
    make_note,
    make_organisation_role,
    make_paper,
    make_period,
)
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock

NOTE = "Qqvermerk"


def goals_of(organisation: Organisation, name: str) -> list[Model]:
    """Public entries that name an organisation, which its people read."""
    responsible = {"organisation": organisation, "internal_note": f"{NOTE} {name}"}
    goal = make_goal(f"Ziel {name}", **responsible)
    return [
        goal,
        make_measure(f"Maßnahme {name}", goal=goal, **responsible),
        make_mandate(f"Auftrag {name}", **responsible),
        make_organisation_role(organisation, f"Verantwortlich {name}"),
        make_body(f"Kreis {name}", **responsible),
    ]


def shared_goals() -> list[Model]:
    """What belongs to no organisation."""
    noted = {"internal_note": NOTE}
    earlier, later = make_goal("Früher"), make_goal("Später")
    evaluation = EvaluationRound.objects.create(
        period=later.period,
        title_de="Auswertung",
        starts_on=clock.today(),
        state="published",
        **noted,
    )
    verdict = GoalVerdict.objects.create(
        evaluation=evaluation,
        goal=later,
        verdict="stays",
        reasons_de="Es wirkt.",
        state="published",
        **noted,
    )
    source = OParlSource.objects.create(name="Rat", address="https://example.org/")
    return [
        evaluation,
        verdict,
        source,
        OParlRun.objects.create(source=source, state="done"),
        make_news(**noted),
        make_report(
            period=later.period,
            goals=[later],
            committee="Beispielausschuss",
            day=clock.today(),
            by=None,
        ),
        make_conference(**noted),
        make_note(goal=later),
        make_period(2043, **noted),
        make_challenge("Kein Raum", **noted),
        make_paper("Vorlage", **noted),
        WorkArea.objects.create(key="sprache", name_de="Sprache"),
        MissionSentence.objects.create(
            kind="sentence", wording="Bildung.", state="published", **noted
        ),
        GoalLink.objects.create(
            earlier=earlier, later=later, change="continued", reason_de="Bleibt."
        ),
    ]
