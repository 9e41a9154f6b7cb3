"""An invented finding for the demo with all that follows, from figure to effect.
Its indicator, its theme and its place are invented, too, so that no made-up figure
stands for Herne.
"""

from datetime import timedelta

from goals.choices import Publication
from goals.models import Body, Goal
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from monitoring.choices import (
    Direction,
    FigureUse,
    Level,
    Measured,
    Protection,
    ReleaseState,
    Unit,
)
from monitoring.findings.actions import freeze_figure
from monitoring.models import (
    Area,
    Decision,
    Discussion,
    Finding,
    Indicator,
    Release,
    Theme,
)
from monitoring.releases.writing import Cell, write_release

SLUG, THEME, AREA = "beispiel-erkenntnis", "beispiel", "beispielort"
SHOWN = {"is_sample": True, "state": Publication.PUBLISHED}
# Years back from now, and the invented value.
VALUES = ((4, "31.5"), (3, "34"), (2, "32.5"), (1, "38"))
BASIS, EFFECT = 2, 1


def add(organisation: Organisation) -> Finding | None:
    """The invented finding about the invented goal, unless it is there or there is no
    such goal.
    """
    if found := Finding.objects.filter(is_sample=True).first():
        return found
    goal = Goal.objects.filter(is_sample=True).first()
    if goal is None:
        return None
    today = clock.today()
    indicator, area = _indicator(goal, organisation), _area()
    years = {back: str(today.year - back) for back, _value in VALUES}
    write_release(
        indicator=indicator,
        cells=[Cell(area.pk, years[back], value) for back, value in VALUES],
        state=ReleaseState.PUBLISHED,
        is_sample=True,
    )
    finding = Finding.objects.create(
        slug=SLUG,
        title_de="Beispiel: Zwei von drei Familien kennen kein Angebot in der Nähe",
        text_de="Eine erfundene Erkenntnis. Sie zeigt den Weg von einer Zahl über "
        "Gespräch und Beschluss zu einer Maßnahme und dem, was daraus wurde.",
        found_on=today - timedelta(days=200),
        organisation=organisation,
        effect_de="Erfunden: Der Wert ist seither gestiegen. Ob das an der Maßnahme "
        "liegt, sagt er nicht.",
        **SHOWN,
    )
    for back, use in ((BASIS, FigureUse.BASIS), (EFFECT, FigureUse.EFFECT)):
        freeze_figure(
            finding=finding,
            indicator=indicator,
            area=area,
            period=years[back],
            use=use,
        )
    finding.goals.add(goal)
    finding.measures.add(*goal.measures.order_by("order")[:1])
    body = Body.objects.filter(is_sample=True).first()
    if body:
        Discussion.objects.create(
            finding=finding,
            body=body,
            on=today - timedelta(days=120),
            note_de="Erfunden: Der Kreis hat über die Zahl gesprochen.",
        )
    Decision.objects.create(
        finding=finding,
        body=body,
        on=today - timedelta(days=110),
        text_de="Erfunden: Angebote werden in jedem Stadtteil gezeigt.",
    )
    return finding


def _indicator(goal: Goal, organisation: Organisation) -> Indicator:
    theme, _is_new = Theme.objects.get_or_create(
        key=THEME, defaults={"name_de": "Beispiel (erfunden)", "order": 1000}
    )
    indicator = Indicator.objects.create(
        slug="beispiel-kennzahl",
        theme=theme,
        name_de="Beispiel: Familien, die ein Angebot in ihrer Nähe kennen",
        question_de="Wie viele Familien kennen ein Angebot in ihrer Nähe?",
        definition_de="Eine erfundene Kennzahl. Sie zeigt, wie eine Seite aussieht.",
        measured=Measured.SHARE,
        unit=Unit.PERCENT,
        direction=Direction.UP,
        levels=[Level.COUNTY],
        protection=Protection.PUBLISHED,
        source_title="Beispiel, erfunden",
        organisation=organisation,
        **SHOWN,
    )
    indicator.goals.add(goal)
    indicator.measures.add(*goal.measures.order_by("order")[:2])
    return indicator


def _area() -> Area:
    return Area.objects.get_or_create(
        key=AREA,
        defaults={
            "name": "Beispielort",
            "level": Level.COUNTY,
            "is_sample": True,
            "order": 10_000,
        },
    )[0]


def remove() -> int:
    """Remove the findings that were invented, with their figures. Returns how many."""
    samples = Finding.objects.filter(is_sample=True)
    number = samples.count()
    samples.delete()
    Release.objects.filter(indicator__is_sample=True).delete()
    Indicator.objects.filter(is_sample=True).delete()
    Area.objects.filter(is_sample=True, key=AREA).delete()
    Theme.objects.filter(key=THEME, indicators=None).delete()
    return number
