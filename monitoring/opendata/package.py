"""`datapackage.json` of a release (Data Package 2.0): what its file holds, under which
licence it may be used, whose data these are, and whether they still hold.
"""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from monitoring.choices import Measured, ReleaseState
from monitoring.models import Indicator, Release
from monitoring.opendata.columns import EMPTY, LEVELS, columns_of
from monitoring.opendata.coverage import Coverage, areas_by_id, coverage_of
from monitoring.opendata.licences import licence_of
from monitoring.opendata.openness import current_of, file_url, set_url, whole

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
FILE = "werte.csv"
PUBLISHER = "Stadt Herne"
STATES = {
    ReleaseState.PUBLISHED: "aktuell",
    ReleaseState.SUPERSEDED: "durch eine neuere Fassung ersetzt",
    ReleaseState.WITHDRAWN: "zurückgezogen",
}
KINDS = {
    Measured.COUNT: "Anzahl",
    Measured.SHARE: "Anteil an einer Basis",
    Measured.SUM: "Summe",
    Measured.OTHER: "andere Kennzahl (Mittelwert, Quote, Index)",
}
NO_LICENCE = (
    "Unter welcher Lizenz diese Daten genutzt werden dürfen, ist nicht bekannt. "
    "Bitte fragen Sie die Quelle."
)
FORMER = "Diese Fassung wurde durch eine neuere ersetzt."


def package_of(indicator: Indicator, release: Release) -> dict[str, Any]:
    """The description of the file beside it; `path` is relative, so a copy of both
    files in one folder is a package, too.
    """
    licence = licence_of(indicator.licence)
    coverage = coverage_of([release])[release.pk]
    found: dict[str, Any] = {
        "$schema": PROFILE,
        "name": indicator.slug,
        "id": set_url(indicator),
        "title": indicator.name_de,
        "description": description_of(indicator, release),
        "homepage": set_url(indicator),
        "version": str(release.number),
        "created": localtime(release.published_at).isoformat(timespec="seconds"),
        "keywords": ["Bildungsmonitoring", "Herne", indicator.theme.name_de],
        "contributors": [{"title": PUBLISHER, "roles": ["publisher"]}],
    }
    if licence:
        found["licenses"] = [
            {"name": licence.name, "path": licence.path, "title": licence.title}
        ]
        found["attribution"] = attribution_of(indicator)
    else:
        found["licenceNote"] = indicator.licence or NO_LICENCE
    if indicator.source_title:
        source = {"title": indicator.source_title, "path": indicator.source_url}
        found["sources"] = [{key: text for key, text in source.items() if text}]
    found |= _covered(coverage)
    found["release"] = _release(indicator, release)
    found["resources"] = [_resource(indicator)]
    return found


def attribution_of(indicator: Indicator) -> str:
    """How users name where the data are from."""
    return ", ".join(filter(None, [indicator.source_title, PUBLISHER]))


def description_of(indicator: Indicator, release: Release) -> str:
    """What the figure asks and counts; of a former release, that it is one."""
    parts = [indicator.question_de, indicator.definition_de, indicator.formula_de]
    if release.state == ReleaseState.SUPERSEDED:
        parts.insert(0, FORMER)
    return "\n\n".join(filter(None, parts))


def _covered(coverage: Coverage) -> dict[str, Any]:
    """Time and levels of areas; custom properties, as the standard allows."""
    known = areas_by_id()
    levels = {known[area].level for area in coverage.areas if area in known}
    found: dict[str, Any] = {
        "spatial": {"levels": [LEVELS[one] for one in LEVELS if one in levels]}
    }
    if coverage.first_day and coverage.last_day:
        found["temporal"] = {
            "start": coverage.first_day.isoformat(),
            "end": coverage.last_day.isoformat(),
        }
    return found


def _release(indicator: Indicator, release: Release) -> dict[str, Any]:
    """Number and state, what changed, and where the values of today are."""
    page = reverse("indicator_release", args=[indicator.slug, release.number])
    found: dict[str, Any] = {
        "number": release.number,
        "state": str(release.state),
        "stateLabel": STATES[ReleaseState(release.state)],
        "publishedAt": localtime(release.published_at).isoformat(timespec="seconds"),
        "page": whole(page),
        "permanentPath": file_url("csv", indicator, release.number),
    }
    if release.is_correction:
        found["isCorrection"] = True
    if release.what_changed_de:
        found["whatChanged"] = release.what_changed_de
    current = current_of(indicator)
    if current and current.pk != release.pk:
        if release.ended_at:
            ended = localtime(release.ended_at).isoformat(timespec="seconds")
            found["endedAt"] = ended
        found["currentRelease"] = {
            "number": current.number,
            "path": file_url("package", indicator, current.number),
        }
    return found


def _resource(indicator: Indicator) -> dict[str, Any]:
    return {
        "$schema": RESOURCE,
        "name": "werte",
        "title": indicator.name_de,
        "type": "table",
        "path": FILE,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "measured": KINDS[Measured(indicator.measured)],
        "unit": indicator.get_unit_display(),
        "decimals": indicator.decimals,
        "breaks": [
            {"period": one.period, "kind": one.kind, "reason": one.reason_de}
            for one in indicator.breaks.all()
        ],
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": {
            "fields": [column.described() for column in columns_of(indicator)],
            "missingValues": [{"value": "", "label": EMPTY}],
        },
    }
