"""Examples of the addresses of the monitoring, for `examples.EXAMPLES`."""

from typing import Any

# An indicator with all that pages can show; made where it is asked for.
WHOLE = "ganze-kennzahl"


def whole():
    """An indicator with four states, breaks, breakdowns and three releases."""
    from monitoring.models import Indicator
    from monitoring.tests.examples import make_whole_indicator

    found = Indicator.objects.filter(slug=WHOLE).first()
    return found or make_whole_indicator(slug=WHOLE)


def indicators() -> list[dict[str, str]]:
    """A seeded indicator, and one with all that pages can show."""
    from monitoring.models import Indicator

    seeded = Indicator.objects.published().exclude(slug=WHOLE).first()
    return [{"slug": one.slug} for one in (seeded, whole()) if one]


def releases() -> list[dict[str, Any]]:
    """A current release, a replaced one and a withdrawn one."""
    from monitoring.models import Release

    found = Release.objects.shown().filter(indicator=whole())
    return [{"slug": WHOLE, "number": one.number} for one in found]


def chart_frames() -> list[dict[str, Any]]:
    """Charts of the current release for frames of other sites."""
    from monitoring.models import Release

    number = Release.objects.current().get(indicator=whole()).number
    values = {"slug": WHOLE, "number": number}
    return [{**values, "chart": chart} for chart in ("verlauf", "vergleich")]


def chart_files() -> list[dict[str, Any]]:
    """The same as files of both kinds."""
    first, second = chart_frames()
    return [{**first, "kind": "svg"}, {**second, "kind": "png"}]


def findings() -> list[dict[str, str]]:
    """One with all that its page can show, and one nobody has done anything about."""
    from monitoring.findings.tests import examples

    return examples.findings()


def surveys() -> list[dict[str, str]]:
    """A seeded survey, and one with waves and all that pages can show."""
    from monitoring.models import Instrument

    whole = whole_survey()
    seeded = Instrument.objects.published().exclude(pk=whole.pk).first()
    return [{"slug": one.slug} for one in (seeded, whole) if one]


def survey_years() -> list[dict[str, int]]:
    """A year of that survey."""
    wave = whole_survey().waves.latest("starts_on")
    return [{"year": wave.starts_on.year}]


def whole_survey():
    """A survey with waves, places and what came back."""
    from monitoring.models import Instrument
    from monitoring.tests.survey_factories import make_whole_survey

    found = Instrument.objects.filter(slug="ganze-befragung").first()
    return found or make_whole_survey("ganze-befragung")


def areas() -> list[dict[str, str]]:
    """The city, and a part of it that has figures of its own."""
    from monitoring.models import Area, Observation

    found = Area.objects.of_herne().order_by("order", "key")
    known = Observation.objects.public().values("area")
    parts = found.filter(level="statistisch", pk__in=known)
    return [{"key": one.key} for one in (found.first(), parts.first()) if one]
