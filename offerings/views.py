from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from herne_bildung.city.models import Organisation, WaitingVersion
from herne_bildung.lib import clock, searches_without_result
from herne_bildung.lib.http import kept_until, public_page
from offerings.centres.offers import is_centre
from offerings.dates.calendar import calendar_file
from offerings.dates.list_calendar import list_calendar
from offerings.detail import detail, whole
from offerings.filters import OfferingFilter
from offerings.gone import Gone, gone_offer, gone_provider
from offerings.kept.listing import kept_offers
from offerings.kept.paper import kept_paper as paper_of
from offerings.machine_lists import refusal
from offerings.map.page import map_page
from offerings.models import Offering
from offerings.preview import as_if_accepted, change_of, offering_of
from offerings.printing.papers import choices
from offerings.providers import provider_page
from offerings.results import results
from offerings.structured_data import of_offer, of_provider


@public_page
def offerings(request: HttpRequest) -> HttpResponse:
    """The catalogue: filters, numbers, one page of cards."""
    found = results(request.GET, request.path, get_language())
    if found.text and not found.total and request.method == "GET":
        searches_without_result.note(found.text)
    response = render(request, "offerings/list.html", {"results": found})
    return kept_until(response, found.filters.changes_at)


@public_page
def offerings_map(request: HttpRequest) -> HttpResponse:
    """The same result on a map of the districts, with the numbers as a table."""
    found = map_page(request.GET, request.path, get_language())
    context = {"results": found.results, "map": found.map, "sections": found.sections}
    response = render(request, "offerings/map.html", context)
    return kept_until(response, found.results.filters.changes_at)


@public_page
def offerings_calendar(request: HttpRequest) -> HttpResponse:
    """The dates of the same result, to subscribe to."""
    filters = OfferingFilter(request.GET, language=get_language())
    if refused := refusal(filters, request.GET):
        return refused
    response = HttpResponse(
        list_calendar(filters, get_language()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="angebote.ics"'},
    )
    return kept_until(response, filters.changes_at)


@public_page
def offering(request: HttpRequest, slug: str) -> HttpResponse:
    """One offer with all its facts; one that is off the site says why."""
    published = _published(slug)
    if published is None:
        return _gone(request, gone_offer(slug, get_language()))
    found = detail(published, get_language())
    path = reverse("offering_poster", args=[slug])
    context = {
        "offer": found,
        "poster": choices(path, get_language()),
        "data": of_offer(found, get_language()),
    }
    response = render(request, "offerings/detail.html", context)
    return kept_until(response, found.entry.next_start)


@require_safe
def offering_preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft, for whom its provider sent the link; once it is public, its page. Or an
    offer with a change that waits.
    """
    found, change = offering_of(token), change_of(token)
    if change is not None:
        response = _with_change(request, change)
    elif found is None:
        response = render(request, "offerings/preview_ended.html", status=410)
    elif found.is_published_on(clock.today()):
        response = redirect("offering", slug=found.slug)
    else:
        shown = {"offer": detail(found, get_language())}
        response = render(request, "offerings/preview.html", shown)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with_change(request: HttpRequest, change: WaitingVersion) -> HttpResponse:
    with as_if_accepted(change) as found:
        if found is None:
            return render(request, "offerings/preview_ended.html", status=410)
        shown = {"offer": detail(found, get_language()), "is_change": True}
        return render(request, "offerings/preview.html", shown)


@public_page
def offering_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of an offer as an iCalendar file; samples have none. 410 tells
    calendars that an offer has really ended.
    """
    found = _published(slug)
    if found is None:
        ended = Offering.objects.gone(clock.today()).filter(state=Offering.State.ENDED)
        if ended.filter(slug=slug).exists():
            return render(request, "410.html", status=410)
        raise Http404
    if found.is_sample or not found.schedules.all():
        raise Http404
    return HttpResponse(
        calendar_file(found, get_language()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.ics"'},
    )


@public_page
def kept(request: HttpRequest) -> HttpResponse:
    """Offers a reader keeps; the list stands in its address only."""
    found = kept_offers(request.GET.getlist("offer"), request.path)
    return render(request, "offerings/kept.html", {"kept": found})


@public_page
def kept_paper(request: HttpRequest) -> HttpResponse:
    """The kept offers of an address to print, in one or two languages."""
    found = paper_of(request.GET, get_language())
    return render(request, "offerings/kept_paper.html", {"paper": found})


@public_page
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """A provider and its offers; one that is off the site says why, and bodies that
    were only planned have no page. That of a family centre is elsewhere.
    """
    listed = Organisation.objects.listed().select_related("parent", "picture", "body")
    listed = listed.select_related("family_centre")
    organisation = listed.filter(slug=slug).first()
    if organisation is None:
        return _gone(request, gone_provider(slug, get_language()))
    if is_centre(organisation):
        return redirect("family_centre", slug=slug)
    page = provider_page(organisation, request.GET.get("page"), get_language())
    shown = {"provider": page, "data": of_provider(page)}
    return render(request, "offerings/provider.html", shown)


def _published(slug: str) -> Offering | None:
    return whole(Offering.objects.published(clock.today()).filter(slug=slug))


def _gone(request: HttpRequest, gone: Gone | None) -> HttpResponse:
    """Why something is off the site, and what there is instead."""
    if gone is None:
        raise Http404
    return render(request, "offerings/gone.html", {"gone": gone}, status=gone.status)
