from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from herne_bildung.lib import form_token, public_form
from herne_bildung.lib.http import never_kept
from offerings.models import PrintOrder
from offerings.printing import orders
from offerings.printing.folder import folder_content, left_out_in_words
from offerings.printing.forms import FolderForm
from offerings.printing.limits import FORM, refusal

ASKED = ("age_months", "district")


# Exempt: as the form of a booklet (order_views).
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def family_folder(request: HttpRequest) -> HttpResponse:
    """The choices of the folder for the welcome visit; sent, they become an order."""
    language = get_language()
    if request.method == "POST":
        return _receive(request, FolderForm(request.POST, language=language))
    asked = {name: request.GET.get(name, "") for name in ASKED}
    second = request.GET.get("with", "" if language == "de" else "de")
    form = FolderForm(initial={**asked, "second": second}, language=language)
    return _page(request, form, form_token.make(FORM))


def _receive(request: HttpRequest, form: FolderForm) -> HttpResponse:
    if form.is_valid():
        content = folder_content(form.query)
        if content is None or not len(content):
            text = _("No confirmed offer fits yet.")
            left_out = left_out_in_words(content) if content else []
            form.add_error(None, " ".join([text, *left_out]))
    if refused := refusal(request, form):
        return _page(request, form, refused.token, refused.status)
    order = orders.take(
        form_key=public_form.key(request, FORM),
        kind=PrintOrder.Kind.FOLDER,
        query=form.query,
        languages=form.languages,
        paper=form.cleaned_data["paper"],
        order=PrintOrder.Order.TOPIC,
    )
    return redirect("print_order", order.token)


def _page(
    request: HttpRequest, form: FolderForm, token: str, status: int = 200
) -> HttpResponse:
    steps = [{"label": _("Family"), "url": reverse("family")}]
    context = {
        "form": form,
        "token": token,
        "heading": _("Folder for the welcome visit"),
        "lead": _(
            "What fits the child now and in the next six months, in the district, with "
            "room for notes. It has only offers that somebody confirmed lately."
        ),
        "steps": steps,
    }
    return render(request, "offerings/print_choices.html", context, status=status)
