"""One entry of each model of the monitoring, for the tests of roles."""

from django.db.models import Model

from herne_bildung.lib import clock
from herne_bildung.tests.roles.goals import NOTE
from monitoring.findings.tests.factories import make_figure, make_finding
from monitoring.models import (
    Area,
    ImportRun,
    Indicator,
    IndicatorRelation,
    ProtectionRun,
    TableSet,
    WarningHit,
)
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_raw,
    make_release,
    make_rule,
)
from monitoring.tests.survey_factories import make_group, make_instrument, make_wave
from monitoring.warnings.tests.factories import make_warning


def shared_monitoring() -> list[Model]:
    """Figures belong to no organisation."""
    indicator = make_indicator("Betreuungsquote", internal_note=NOTE)
    boys, _girls = make_breakdown(indicator, "geschlecht", "Jungen", "Mädchen")
    relation = IndicatorRelation.objects.create(
        first=indicator, second=make_indicator("Quote II"), explanation_de="Anders."
    )
    area, release = make_area("Herne"), make_release(indicator)
    make_observation(release, area, "2022", 7)
    run = ImportRun.objects.create(
        indicator=indicator, file_name="werte.csv", created_at=clock.now()
    )
    return [
        run,
        indicator,
        indicator.theme,
        boys.dimension,
        relation,
        area,
        release,
        *_findings(),
        *_surveys(),
        *_protection(indicator, area),
    ]


def _findings() -> list[Model]:
    """A finding with its figure, and a rule with its hit."""
    finding = make_finding("Mehr Kinder", internal_note=NOTE)
    figure = make_figure(finding)
    rule = make_warning(figure.release.indicator)
    hit = WarningHit.objects.create(
        rule=rule, area=figure.area, period="2022", found_at=clock.now()
    )
    return [finding, figure, rule, hit]


def _surveys() -> list[Model]:
    """A survey with its wave, and whom it asks."""
    instrument = make_instrument(internal_note=NOTE)
    return [make_group(), instrument, make_wave(instrument, internal_note=NOTE)]


def _protection(indicator: Indicator, area: Area) -> list[Model]:
    """A rule, what it protects, and a value as it was imported."""
    rule = make_rule()
    tables = TableSet.objects.create(name="Kinder", rule=rule)
    run = ProtectionRun.objects.create(
        table_set=tables, started_at=clock.now(), finished_at=clock.now()
    )
    return [rule, tables, run, make_raw(indicator, area, "2022", 7)]
