"""Where scripts keep what is being typed, and where a kept form is given up.

Also the answer to forms whose token is of a former sign-in.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_POST

from herne_bildung.city import form_state, typed_forms
from herne_bildung.city.own_paths import own_path
from herne_bildung.lib.own_origin import is_foreign


@require_POST
def keep_typed(request: HttpRequest) -> HttpResponse:
    """Keep what is in the form now; answers with the time of day."""
    state = form_state.read(request.POST.get(form_state.FIELD))
    if state is None or state.user_id != request.user.pk:
        return JsonResponse({"kept": ""}, status=400)
    kept = typed_forms.keep(request.POST, was_sent=False)
    if kept is None:
        return JsonResponse({"kept": ""}, status=413)
    text = _("Kept at %(time)s, not yet saved") % {
        "time": f"{localtime(kept.typed_at):%H:%M}"
    }
    return JsonResponse({"kept": text}, headers={"Cache-Control": "no-store"})


@require_POST
def discard_typed(request: HttpRequest) -> HttpResponse:
    """The person does not want it any more."""
    typed_forms.discard(request.user, request.POST.get("form", "")[:32])
    return redirect(own_path(request.POST.get("back"), reverse("admin:index")))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a token of a former sign-in (another tab signed in again): what was
    typed is kept and the form is opened again. Others are refused.
    """
    is_kept = (
        form_state.FIELD in request.POST
        and not is_foreign(request)
        and typed_forms.keep(request.POST, was_sent=True) is not None
    )
    if not is_kept:
        return csrf_failure(request, reason)
    if request.user.is_authenticated:
        text = _("Nothing is saved yet: please look at what you typed and save again.")
        messages.warning(request, text)
    return redirect(request.get_full_path())
