from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from herne_bildung.portal import side_by_side as pages


@csp_update({"frame-src": [SELF]})
@public_page
def side_by_side(request: HttpRequest) -> HttpResponse:
    """A public page in two languages; the only one that frames others of ours."""
    shown = pages.side_by_side(request.GET, get_language())
    response = render(request, "portal/side_by_side.html", {"shown": shown})
    response.headers["X-Frame-Options"] = "DENY"
    return response
