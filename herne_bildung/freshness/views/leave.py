""" "Does not exist any more" and "not mine any more": a page of their own each, so that
no single click takes an entry off somebody's list.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from herne_bildung.freshness.actions import answers
from herne_bildung.freshness.forms import NotMineForm
from herne_bildung.freshness.models import Digest, DigestItem
from herne_bildung.freshness.questions import one_question
from herne_bildung.freshness.views.token_page import digest_page, link_unknown, see


@digest_page
def care_ended(
    request: HttpRequest, token: str, digest: Digest, item: int
) -> HttpResponse:
    """Ask once more; the button takes the entry off the site."""
    if request.method == "POST" and request.POST.get("decision") == "ended":
        answers.end_item(digest, item)
        return _back(token, item)
    return _page(request, token, digest, item, "freshness/ended.html")


@digest_page
def care_not_mine(
    request: HttpRequest, token: str, digest: Digest, item: int
) -> HttpResponse:
    """Ask whom to ask instead; the button passes the entry on."""
    form = NotMineForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and request.POST.get("decision") == "not_mine"
        and form.is_valid()
    ):
        answers.not_mine(digest, item, form.cleaned_data["ask"])
        return _back(token, item)
    return _page(request, token, digest, item, "freshness/not_mine.html", form=form)


def _page(
    request: HttpRequest,
    token: str,
    digest: Digest,
    pk: int,
    template: str,
    **more: object,
) -> HttpResponse:
    item = (
        DigestItem.objects.select_related("entry__organisation", "digest")
        .filter(digest=digest, pk=pk)
        .first()
    )
    if item is None:
        return link_unknown(request)
    one = one_question(item, request.LANGUAGE_CODE)
    if not one.is_open:
        return _back(token, pk)
    context = {"token": token, "one": one, **more}
    # A form that came without its button is shown again, and says so.
    context["was_sent"] = request.method == "POST"
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def _back(token: str, item: int) -> HttpResponse:
    return see(f"{reverse('care', args=[token])}#item-{item}")
