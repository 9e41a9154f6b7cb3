from django.db.models import QuerySet

from goals.choices import Publication
from goals.querysets import PublishableQuerySet
from herne_bildung.city.models.base import PublicQuerySet
from monitoring.choices import OF_HERNE, WAS_PUBLIC, ReleaseState


class AreaQuerySet(PublicQuerySet):
    """Areas figures are known for."""

    def of_herne(self) -> "AreaQuerySet":
        """The city and its districts."""
        return self.filter(level__in=OF_HERNE, district__isnull=False)


class IndicatorQuerySet(PublishableQuerySet):
    """Indicators as readers see them."""

    def with_figures(self) -> "IndicatorQuerySet":
        """Those that have a current release."""
        return self.filter(releases__state=ReleaseState.PUBLISHED)


class ReleaseQuerySet(PublicQuerySet):
    """Releases of indicators."""

    def shown(self) -> "ReleaseQuerySet":
        """Those with a public address: of published indicators, public now or once."""
        return self.filter(state__in=WAS_PUBLIC, indicator__state=Publication.PUBLISHED)

    def current(self) -> "ReleaseQuerySet":
        """The release that holds today, one an indicator at most."""
        return self.filter(
            state=ReleaseState.PUBLISHED, indicator__state=Publication.PUBLISHED
        )


class ObservationQuerySet(QuerySet):
    """Public values."""

    def public(self) -> "ObservationQuerySet":
        """Those of current releases of published indicators."""
        return self.filter(
            release__state=ReleaseState.PUBLISHED,
            release__indicator__state=Publication.PUBLISHED,
        )

    def totals(self) -> "ObservationQuerySet":
        """Without breakdowns."""
        return self.filter(category_1=None, category_2=None, category_3=None)


class InstrumentQuerySet(PublishableQuerySet):
    """Survey instruments."""


class WaveQuerySet(PublishableQuerySet):
    """Waves of surveys."""

    def published(self) -> "WaveQuerySet":
        """Those everyone sees: hidden with their instrument."""
        return self.filter(
            state=Publication.PUBLISHED, instrument__state=Publication.PUBLISHED
        )


class FigureQuerySet(PublicQuerySet):
    """Frozen figures."""

    def public(self) -> "FigureQuerySet":
        """Those of indicators everyone sees, with what `Figure.shown` needs."""
        return self.filter(
            release__state__in=WAS_PUBLIC,
            release__indicator__state=Publication.PUBLISHED,
        ).select_related(
            "release__indicator", "area", "category_1", "category_2", "category_3"
        )


class FindingQuerySet(PublishableQuerySet):
    """Findings from figures."""

    def without_decision(self) -> "FindingQuerySet":
        """Open ones nobody has decided on."""
        return self.filter(closed_on=None, decisions=None)
