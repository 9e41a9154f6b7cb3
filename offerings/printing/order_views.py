"""Orders of booklets: the form, the page that shows how far it is, the file. Their
addresses are secrets or never kept.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from herne_bildung.lib import clock, form_token, public_form
from herne_bildung.lib.addresses import address
from herne_bildung.lib.dates import day_in_words, size_in_words
from herne_bildung.lib.http import never_kept
from herne_bildung.lib.own_origin import is_foreign
from offerings.asked import asked_pairs, canonical, in_words
from offerings.filters import OfferingFilter
from offerings.machine_lists import problems
from offerings.models import PrintOrder
from offerings.printing import orders
from offerings.printing.answers import pdf_answer
from offerings.printing.booklet import content_of
from offerings.printing.forms import BookletForm
from offerings.printing.limits import FORM, most_offers, refusal
from offerings.results import count_in_words

LONGEST_TOKEN = 40


# Exempt: Django's CSRF needs a cookie, and nobody is signed in here whose rights a
# foreign page could use. The form token and the origin keep robots out instead.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def booklet(request: HttpRequest) -> HttpResponse:
    """The choices of a booklet of a filtered list; what is sent becomes an order."""
    if request.method == "POST":
        return _receive(request)
    form = BookletForm(language=get_language())
    return _form_page(request, form, form_token.make(FORM))


def _receive(request: HttpRequest) -> HttpResponse:
    form = BookletForm(request.POST, language=get_language())
    if form.is_valid():
        _check_number(request, form)
    if refused := refusal(request, form):
        return _form_page(request, form, refused.token, refused.status)
    values = form.cleaned_data
    order = orders.take(
        form_key=public_form.key(request, FORM),
        kind=values["kind"],
        query=canonical(request.GET),
        languages=form.languages,
        paper=values["paper"],
        order=values["order"],
    )
    return redirect("print_order", order.token)


def _check_number(request: HttpRequest, form: BookletForm) -> None:
    number = len(content_of(canonical(request.GET), get_language()))
    most = most_offers(len(form.languages))
    is_notice = form.cleaned_data["kind"] == PrintOrder.Kind.NOTICE
    if not number:
        form.add_error(None, _("No offer fits. Please remove a filter."))
    elif number > most and not is_notice:
        values = {"number": _written(number), "most": _written(most)}
        text = _(
            "%(number)s offers are too many: at most %(most)s fit. "
            "Please choose a district or a topic."
        )
        form.add_error(None, text % values)


def _written(number: int) -> str:
    return number_format(number, force_grouping=True)


def _problems_in_words(filters: OfferingFilter, data: QueryDict) -> list[str]:
    """What of an address we do not know, under the names that its fields have."""
    return [
        f"{filters.filters[name].label}: {text}" if name else text
        for name, text in problems(filters, data)
    ]


def _form_page(
    request: HttpRequest, form: BookletForm, token: str, status: int = 200
) -> HttpResponse:
    language = get_language()
    content = content_of(request.GET.urlencode(), language)
    back = address(reverse("offerings"), asked_pairs(content.filters))
    context = {
        "form": form,
        "token": token,
        "heading": _("Booklet of these offers"),
        "lead": in_words(content.filters, language),
        "count": count_in_words(len(content.sure), len(content.maybe)),
        "steps": [{"label": _("Offers"), "url": back}],
        "back": back,
        "problems": _problems_in_words(content.filters, request.GET),
    }
    return render(request, "offerings/print_choices.html", context, status=status)


@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def print_order(request: HttpRequest, token: str) -> HttpResponse:
    """How far an order is; POST cancels it, or makes it once more."""
    order = _order_or_404(token)
    if request.method == "POST":
        if is_foreign(request, null_is_own=True):
            raise PermissionDenied
        do = orders.retry if request.POST.get("do") == "retry" else orders.cancel
        do(order)
        return redirect("print_order", token)
    response = render(request, "offerings/print_order.html", _shown(order))
    return _secret(response)


def _shown(order: PrintOrder) -> dict[str, Any]:
    language = get_language()
    is_folder = order.kind == PrintOrder.Kind.FOLDER
    page = reverse("family_folder" if is_folder else "booklet")
    back = f"{page}?{order.query}" if order.query else page
    done = {"done": _written(order.done), "total": _written(order.total)}
    percent = order.done * 100 // order.total if order.total else 0
    return {
        "order": order,
        "percent": min(99, percent),
        "progress": _("%(done)s of %(total)s offers") % done if order.total else "",
        "left_out": left_out_in_words(order),
        "is_set": bool(order.total) and order.done == order.total,
        "problem": order.get_problem_display(),
        "size": size_in_words(order.size, language) if order.size else "",
        "until": day_in_words(timezone.localdate(order.ends_at), language),
        "back": back,
    }


def left_out_in_words(order: PrintOrder) -> str:
    """That a sheet has not all offers of its list; nothing of other files."""
    is_done = order.state == PrintOrder.State.DONE
    if not is_done or order.done == order.total:
        return ""
    text = _(
        "%(done)s of %(total)s offers have room in type that can be read. The sheet "
        "says how many more there are, and where."
    )
    return text % {"done": _written(order.done), "total": _written(order.total)}


@never_kept
@require_safe
def print_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The finished file."""
    order = _order_or_404(token)
    if order.state != PrintOrder.State.DONE:
        raise Http404
    name = {"booklet": "heft", "notice": "aushang", "folder": "mappe"}[order.kind]
    content = bytes(PrintOrder.objects.values_list("file", flat=True).get(pk=order.pk))
    day = timezone.localdate(order.created_at)
    return _secret(pdf_answer(request, content, f"{name}-herne-{day:%Y-%m-%d}"))


def _order_or_404(token: str) -> PrintOrder:
    if len(token) > LONGEST_TOKEN or "\0" in token:
        raise Http404
    alive = PrintOrder.objects.with_size().filter(ends_at__gt=clock.now())
    order = alive.filter(token=token).first()
    if order is None:
        raise Http404
    return order


def _secret(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that no search engine lists, and whose address no link tells."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
