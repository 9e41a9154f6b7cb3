from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from herne_bildung.lib.http import public_page
from offerings.cards import cards
from offerings.detail import detail
from offerings.models import Offering
from offerings.results import results


@public_page
def offerings(request: HttpRequest) -> HttpResponse:
    """The catalogue: filters, numbers, one page of cards."""
    return render(
        request,
        "offerings/list.html",
        {"results": results(request.GET, request.path, get_language())},
    )


@public_page
def offering(request: HttpRequest, slug: str) -> HttpResponse:
    """One offer with all its facts."""
    found = get_object_or_404(
        Offering.objects.published(clock.today())
        .select_related("provider__parent", "successor")
        .prefetch_related("topics", "places__district", "schedules", "cost_options"),
        slug=slug,
    )
    return render(
        request, "offerings/detail.html", {"offer": detail(found, get_language())}
    )


@public_page
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """A provider and its offers."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("parent").prefetch_related("places"),
        slug=slug,
    )
    published = Offering.objects.published(clock.today()).filter(provider=organisation)
    ids = list(published.values_list("pk", flat=True)[:200])
    return render(
        request,
        "offerings/provider.html",
        {"organisation": organisation, "cards": cards(ids)},
    )
