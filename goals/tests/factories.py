"""Plain test data of the action goals; every value can be given. All is published."""

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from goals.actions import set_status
from goals.choices import BodyKind, Moderation, NoteVerdict, Publication
from goals.models import (
    Body,
    BodyDate,
    BodyDocument,
    BodyMember,
    Challenge,
    Conference,
    CouncilPaper,
    FeedbackNote,
    Goal,
    Mandate,
    Measure,
    Milestone,
    NewsItem,
    OrganisationRole,
    Period,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.versions import noted
from herne_bildung.lib import clock

# Beyond the numbers that seeded goals have.
_numbers = count(101)


def make_period(
    first_year: int = 2023, last_year: int | None = None, **values: Any
) -> Period:
    values.setdefault("state", Publication.PUBLISHED)
    last_year = last_year or first_year + 4
    found = Period.objects.filter(first_year=first_year, last_year=last_year).first()
    return found or Period.objects.create(
        first_year=first_year, last_year=last_year, **values
    )


def make_goal(title: str = "", **values: Any) -> Goal:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("period", values.pop("period", None) or make_period())
    values.setdefault("number", number)
    values.setdefault("slug", f"ziel-{number}")
    values.setdefault("short_de", "Das soll besser werden.")
    return Goal.objects.create(title_de=title or f"Ziel {number}", **values)


def make_measure(
    title: str = "", *, goal: Goal | None = None, **values: Any
) -> Measure:
    values.setdefault("state", Publication.PUBLISHED)
    return Measure.objects.create(
        goal=goal or make_goal(),
        title_de=title or f"Maßnahme {next(_numbers)}",
        **values,
    )


def make_milestone(
    measure: Measure, title: str = "", *, due_on: date | None = None, **values: Any
) -> Milestone:
    title = title or f"Meilenstein {next(_numbers)}"
    return Milestone.objects.create(
        measure=measure, title_de=title, due_on=due_on, **values
    )


def make_challenge(
    title: str = "", *, goal: Goal | None = None, **values: Any
) -> Challenge:
    values.setdefault("state", Publication.PUBLISHED)
    return Challenge.objects.create(
        goal=goal or make_goal(),
        title_de=title or f"Herausforderung {next(_numbers)}",
        **values,
    )


def make_note(
    text: str = "", *, goal: Goal | None = None, **values: Any
) -> FeedbackNote:
    values.setdefault("verdict", NoteVerdict.ADJUST)
    values.setdefault("moderation", Moderation.RELEASED)
    return FeedbackNote.objects.create(
        goal=goal or make_goal(), text=text or f"Hinweis {next(_numbers)}", **values
    )


def make_conference(title: str = "", **values: Any) -> Conference:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("slug", f"konferenz-{number}")
    values.setdefault("day", date(2027, 3, 4))
    return Conference.objects.create(
        title_de=title or f"{number}. Bildungskonferenz", **values
    )


def make_paper(title: str = "", **values: Any) -> CouncilPaper:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("year", 2026)
    values.setdefault("number", f"{number:04}")
    return CouncilPaper.objects.create(title_de=title or f"Vorlage {number}", **values)


def make_mandate(
    task: str = "", *, paper: CouncilPaper | None = None, **values: Any
) -> Mandate:
    values.setdefault("state", Publication.PUBLISHED)
    return Mandate.objects.create(
        paper=paper or make_paper(),
        task_de=task or f"Auftrag {next(_numbers)}",
        **values,
    )


def make_organisation_role(
    organisation: Organisation, title: str = "", **values: Any
) -> OrganisationRole:
    return OrganisationRole.objects.create(
        organisation=organisation, title_de=title or f"Rolle {next(_numbers)}", **values
    )


def make_body(name: str = "", **values: Any) -> Body:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("kind", BodyKind.WORKING_GROUP)
    values.setdefault("slug", f"kreis-{number}")
    values.setdefault("task_de", "Plant Angebote gemeinsam.")
    without_name = "" if values.get("organisation") else f"Kreis {number}"
    return Body.objects.create(name_de=name or without_name, **values)


def make_body_date(body: Body, day: date, title: str = "", **values: Any) -> BodyDate:
    return BodyDate.objects.create(body=body, day=day, title_de=title, **values)


def make_whole_body(**values: Any) -> Body:
    """A body with all that its page can show."""
    body = make_body("Ganzer Kreis", **values)
    BodyMember.objects.create(
        body=body, name_de="Ein Verein", role_de="macht mit", since="2025"
    )
    today = clock.today()
    make_body_date(
        body,
        today + timedelta(days=7),
        "Herbsttreffen",
        starts_at=time(14),
        ends_at=time(16),
        venue="Rathaus",
    )
    make_body_date(body, today + timedelta(days=14), is_cancelled=True)
    make_body_date(body, today - timedelta(days=7))
    BodyDocument.objects.create(
        body=body,
        title_de="Ergebnisse",
        text_de="Das kam heraus.",
        dated="2026-10",
        url="https://example.org/ergebnisse",
    )
    return body


def make_changed_goal() -> Goal:
    """A goal in a period of its own, with two public versions of itself and of a
    measure.
    """
    period = make_period(2038)
    goal = Goal.objects.filter(period=period, slug="geaendertes-ziel").first()
    if goal is not None:
        return goal
    goal = make_goal("Lesen", slug="geaendertes-ziel", period=period, number=1)
    measure = make_measure("Lesepaten", goal=goal)
    with noted([goal], by=None, how="seed"):
        goal.short_de = "Alle Kinder lesen gern und gut."
        goal.save()
    reason = "Drei Patinnen haben begonnen."
    set_status(
        measure=measure, status="running", reason=reason, on=clock.today(), by=None
    )
    return goal


def make_news(title: str = "", **values: Any) -> NewsItem:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("slug", f"neues-{number}")
    values.setdefault("summary_de", "Das ist neu.")
    values.setdefault("published_on", date(2026, 11, 2))
    return NewsItem.objects.create(title_de=title or f"Neues {number}", **values)
