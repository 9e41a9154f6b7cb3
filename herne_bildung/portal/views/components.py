"""The component page: every building block of our pages once.

While developing (DEBUG) it stands under its public address. Otherwise it is for staff
of the portal, under /verwaltung/: only there does the browser send the session cookie.
"""

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from herne_bildung.city.rights import sees_everything
from herne_bildung.lib.http import never_kept
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.portal.component_samples import samples


@never_kept
def components(request: HttpRequest) -> HttpResponse:
    """For everyone while developing, else the way to the page for staff."""
    if not settings.DEBUG:
        return redirect("staff_components", language=translation.get_language())
    return render(request, "portal/components.html", samples())


@never_kept
@staff_member_required
def components_for_staff(request: HttpRequest, language: str) -> HttpResponse:
    """The same page in any language, for staff of the portal."""
    if not sees_everything(request.user):
        raise PermissionDenied
    if language not in BY_CODE:
        raise Http404
    with translation.override(language):
        response = render(request, "portal/components.html", samples())
    response.headers["Content-Language"] = language
    return response
