from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.http import public_page
from herne_bildung.lib.languages import best_match
from offerings.cards import cards
from offerings.catalogue import catalogue
from offerings.models import Offering

NEW_OFFERS = 6
# Until the counselling directory stands, offers of this topic are the way to advice.
ADVICE = "beratung"


def choose_language(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the language the browser asks for."""
    wanted = best_match(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return HttpResponseRedirect(f"/{wanted}/", headers={"Cache-Control": "no-store"})


def topic_link(key: str) -> str:
    return address(reverse("offerings"), [("topic", key)])


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, and what is new."""
    catalogue().refresh()
    newest = Offering.objects.published(clock.today()).real().newest_first()
    language = get_language()
    return render(
        request,
        "portal/home.html",
        {
            "advice_url": topic_link(ADVICE),
            "cards": cards(list(newest.values_list("pk", flat=True)[:NEW_OFFERS])),
            "topics": [
                {"label": node.names[language], "url": topic_link(node.key)}
                for node in catalogue().topics.by_key.values()
                if node.parent is None
            ],
        },
    )
