from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.http import public_page
from herne_bildung.lib.languages import best_match
from offerings.cards import cards, has_fallback
from offerings.catalogue import catalogue
from offerings.models import Offering

NEW_OFFERS = 6
# Of so many entered last the newest are chosen.
LOOKED_AT = 60
# Sorts after every year and date.
TODAY = "9999"


def choose_language(request: HttpRequest, page: str = "/") -> HttpResponse:
    """Leads to the page in the language the browser asks for."""
    wanted = best_match(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return HttpResponseRedirect(
        f"/{wanted}{page}", headers={"Cache-Control": "no-store"}
    )


def topic_link(key: str) -> str:
    return address(reverse("offerings"), [("topic", key)])


def newest_offers() -> list[int]:
    """Ids of the newest real offers; of those entered on one day, what is not from
    a document comes first, then the latest documents.
    """
    today = clock.today()
    newest = Offering.objects.published(today).not_ended(today).real().newest_first()
    rows = newest.values_list("pk", "created_at", "as_of", "sort_key")[:LOOKED_AT]
    rows = sorted(rows, key=lambda row: row[3])
    rows.sort(key=lambda row: (_day(row[1]), row[2] or TODAY), reverse=True)
    return [row[0] for row in rows[:NEW_OFFERS]]


def _day(moment: datetime) -> date:
    """The day in Herne; moments come from the database in UTC."""
    return moment.astimezone(clock.BERLIN).date()


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, and what is new."""
    catalogue().refresh()
    language = get_language()
    newest = cards(newest_offers())
    return render(
        request,
        "portal/home.html",
        {
            "advice_url": reverse("offices"),
            "cards": newest,
            "has_fallback": has_fallback(newest),
            "topics": [
                {"label": node.names[language], "url": topic_link(node.key)}
                for node in catalogue().topics.by_key.values()
                if node.parent is None
            ],
        },
    )
