"""Gives out uploaded files, as we wrote them: never as anything else."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.http import require_safe

from herne_bildung.city import uploads
from herne_bildung.lib.uploads import WIDTHS

NAME = r"(?P<name>[0-9a-f]{32})"
# The name changes with the content. A day, so that what is withdrawn goes.
KEPT = "public, max-age=86400, immutable"
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def picture(request: HttpRequest, name: str, width: str) -> HttpResponse:
    """One size of a picture."""
    if int(width) not in WIDTHS:
        raise Http404
    found = uploads.picture_path(name, int(width))
    return _given_out(name, found, "image/webp", "inline")


@require_safe
def flyer(request: HttpRequest, name: str) -> HttpResponse:
    """A PDF, to be saved: no page of ours shows it inside."""
    disposition = f'attachment; filename="flyer-{name[:8]}.pdf"'
    return _given_out(name, uploads.flyer_path(name), "application/pdf", disposition)


def _given_out(name: str, found: Path, kind: str, disposition: str) -> HttpResponse:
    if not uploads.may_be_given_out(name, found):
        raise Http404
    return HttpResponse(
        found.read_bytes(),
        content_type=kind,
        headers={
            "Cache-Control": KEPT,
            "Content-Disposition": disposition,
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


urlpatterns = [
    re_path(rf"^bilder/{NAME}-(?P<width>\d{{3,4}})\.webp$", picture, name="picture"),
    re_path(rf"^dateien/{NAME}\.pdf$", flyer, name="flyer"),
]
