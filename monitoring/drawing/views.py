from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from herne_bildung.lib.http import framed_by_everyone, kept_until, public_page
from monitoring.drawing.embed import embedded, withdrawn
from monitoring.drawing.files import chart_file, png, withdrawn_file
from monitoring.drawing.material import material_of, release_of
from monitoring.drawing.page_charts import MAKERS, chart_of
from monitoring.drawing.picture import Drawing

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
GONE = 410


def known_chart(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for charts there are."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str, number: int, chart: str, **rest):
        if chart not in MAKERS:
            raise Http404
        return view(request, slug, number, chart, **rest)

    return answered


@public_page
@known_chart
def indicator_chart(
    request: HttpRequest, slug: str, number: int, chart: str, kind: str
) -> HttpResponse:
    """A chart of a release as a file; of a withdrawn one a picture that says why there
    are no figures.
    """
    if kind not in TYPES:
        raise Http404
    release, language = release_of(slug, number), get_language()
    material = material_of(release, request.GET, language)
    name = f"{slug}-{chart}-{number}.{kind}"
    if material is None:
        drawing = withdrawn_file(chart, release, language)
        return _file(request, drawing, kind, name, status=GONE)
    made = chart_of(material, chart)
    if made is None:
        raise Http404
    return _file(request, chart_file(made, material), kind, name)


def _file(
    request: HttpRequest, drawing: Drawing, kind: str, name: str, status: int = 200
) -> HttpResponse:
    """The drawing; who has it already is told so before dots are made of it."""
    text = drawing.file()
    etag = quote_etag(sha256(f"{kind} {text}".encode()).hexdigest()[:32])
    response = HttpResponse(
        content_type=TYPES[kind],
        status=status,
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "ETag": etag,
            "X-Content-Type-Options": "nosniff",
        },
    )
    if status != GONE:
        kept_until(response)
        known = get_conditional_response(request, etag, response=response)
        if known.status_code == 304:
            return known
    response.content = png(drawing) if kind == "png" else text
    return response


@framed_by_everyone
@public_page
@known_chart
def indicator_embed(
    request: HttpRequest, slug: str, number: int, chart: str
) -> HttpResponse:
    """A chart with its table and source, for frames of other sites."""
    release, language = release_of(slug, number), get_language()
    material = material_of(release, request.GET, language)
    if material is None:
        shown = withdrawn(release, language)
        return render(request, "monitoring/embed.html", {"shown": shown}, status=GONE)
    made = chart_of(material, chart)
    if made is None:
        raise Http404
    shown = embedded(made, material)
    return render(request, "monitoring/embed.html", {"shown": shown})
