"""One entry of each model of the monitoring, for the tests of roles."""

from django.db.models import Model

from herne_bildung.tests.roles.goals import NOTE
from monitoring.models import IndicatorRelation
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
)


def shared_monitoring() -> list[Model]:
    """Figures belong to no organisation."""
    indicator = make_indicator("Betreuungsquote", internal_note=NOTE)
    boys, _girls = make_breakdown(indicator, "geschlecht", "Jungen", "Mädchen")
    relation = IndicatorRelation.objects.create(
        first=indicator, second=make_indicator("Quote II"), explanation_de="Anders."
    )
    area, release = make_area("Herne"), make_release(indicator)
    make_observation(release, area, "2022", 7)
    return [
        indicator,
        indicator.theme,
        boys.dimension,
        relation,
        area,
        release,
    ]
