"""Addresses of open data. They are for everyone and every program: any site may read
them (`Access-Control-Allow-Origin: *`), as nothing here depends on who asks.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from herne_bildung.lib.http import kept_until, public_page
from monitoring.choices import ReleaseState
from monitoring.models import Indicator, Release
from monitoring.opendata.catalogue import KINDS, catalogue, written
from monitoring.opendata.openness import (
    open_indicators,
    release_of,
    with_values,
)
from monitoring.opendata.package import package_of
from monitoring.opendata.pages import catalogue_page, set_page
from monitoring.opendata.table import ValueTable
from monitoring.opendata.written import json_text

GONE = 410


def read_by_every_site(view: Callable[..., HttpResponse]) -> Callable:
    """A file that pages of other sites may read."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **options) -> HttpResponse:
        response = view(request, *args, **options)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, under which licences, and how to use it."""
    indicators = list(with_values())
    context = {"catalogue": catalogue_page(indicators, request.GET)}
    response = render(request, "monitoring/opendata/catalogue.html", context)
    return kept_until(response, *(one.changes_at for one in indicators))


@public_page
def open_data_set(request: HttpRequest, slug: str) -> HttpResponse:
    """One data set with all its releases and files."""
    indicator = _indicator(slug)
    context = {"dataset": set_page(indicator)}
    response = render(request, "monitoring/opendata/dataset.html", context)
    return kept_until(response, indicator.changes_at)


@public_page
@read_by_every_site
def open_data_catalogue(request: HttpRequest, kind: str) -> HttpResponse:
    """The catalogue as DCAT-AP.de, in Turtle ("ttl") or JSON-LD ("jsonld")."""
    if kind not in KINDS:
        raise Http404
    indicators = list(with_values())
    text = written(catalogue(indicators), kind)
    response = HttpResponse(text, content_type=KINDS[kind][1])
    response.headers["Content-Disposition"] = f'inline; filename="katalog.{kind}"'
    return kept_until(response, *(one.changes_at for one in indicators))


@public_page
@read_by_every_site
def csv(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The values of a release, or of the current one; row by row."""
    indicator, release = _found(slug, number)
    if release.state == ReleaseState.WITHDRAWN:
        reason = f"Zurückgezogen: {release.withdrawn_because_de}\n"
        return HttpResponse(reason, "text/plain; charset=utf-8", status=GONE)
    table = ValueTable(indicator, release)
    etag = quote_etag(table.mark)
    headers = {
        "ETag": etag,
        "Content-Disposition": f'inline; filename="{slug}-{release.number}.csv"',
    }
    kind = "text/csv; charset=utf-8; header=present"
    response: HttpResponse = HttpResponse(content_type=kind, headers=headers)
    kept_until(response, indicator.changes_at)
    known = get_conditional_response(request, etag, response=response)
    if known.status_code != 200:
        return known
    headers["Cache-Control"] = response["Cache-Control"]
    # Also without values it streams: caches know whole answers by their text.
    pieces = table.pieces() if request.method == "GET" else ()
    return StreamingHttpResponse(pieces, content_type=kind, headers=headers)


@public_page
@read_by_every_site
def package(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """What the file of values holds: `datapackage.json`."""
    indicator, release = _found(slug, number)
    if release.state == ReleaseState.WITHDRAWN:
        gone = {
            "name": indicator.slug,
            "release": {"number": release.number, "state": str(release.state)},
            "withdrawnBecause": release.withdrawn_because_de,
        }
        return _json(gone, status=GONE)
    response = _json(package_of(indicator, release))
    return kept_until(response, indicator.changes_at)


def _indicator(slug: str) -> Indicator:
    """An open indicator with releases."""
    found = get_object_or_404(open_indicators(), slug=slug)
    if not found.releases.all():
        raise Http404
    return found


def _found(slug: str, number: int | None) -> tuple[Indicator, Release]:
    indicator = _indicator(slug)
    release = release_of(indicator, number)
    if release is None:
        raise Http404
    return indicator, release


def _json(content: dict, status: int = 200) -> HttpResponse:
    kind = "application/json; charset=utf-8"
    return HttpResponse(json_text(content), content_type=kind, status=status)
