"""The feed of new offers (Atom), in each language."""

from django.urls import reverse
from django.utils.translation import gettext

from herne_bildung.freshness.public import state_of_document, with_care
from herne_bildung.lib import clock
from herne_bildung.lib.feeds import SteadyFeed, absolute
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import columns, localized
from offerings.asked import asked_address, in_words
from offerings.cards import unknown_facts
from offerings.filters import OfferingFilter
from offerings.models import Offering

ENTRIES = 30
COLUMNS = ("id", "slug", "as_of", "created_at", "updated_at", "care_confirmed_at")


def newest_offers(filters: OfferingFilter, language: str) -> str:
    """The feed of the newest real offers of a search as XML, with absolute addresses;
    those that only may fit say why.
    """
    title = gettext("Lernen! in Herne: new offers")
    if filters.values:
        title += f" ({in_words(filters, language)})"
    feed = SteadyFeed(
        title=title,
        link=absolute(asked_address(filters, "offerings")),
        feed_url=absolute(asked_address(filters, "feed")),
        description=None,
        subtitle=gettext("Education offers in Herne, the latest first."),
        language=BY_CODE[language].spoken_code,
        author_name="Lernen! in Herne",
    )
    today = clock.today()
    offers = Offering.objects.published(today).not_ended(today).real().newest_first()
    if filters.narrowings:
        offers = offers.filter(pk__in=_newest(filters))
    wanted = columns("title", "summary", language=language)
    rows = with_care(offers, "offering").values(*COLUMNS, *wanted)
    for row in rows[:ENTRIES]:
        address = absolute(reverse("offering", args=[row["slug"]]))
        summary = str(localized(row, "summary", language))
        state = state_of_document(row["as_of"], row["care_confirmed_at"])
        facts = [state, *unknown_facts(row["id"], filters)]
        facts = listed(filter(None, facts))
        feed.add_item(
            title=str(localized(row, "title", language)),
            link=address,
            unique_id=address,
            description=f"{facts}: {summary}" if facts else summary,
            pubdate=row["created_at"],
            updateddate=row["updated_at"],
        )
    return feed.writeString("utf-8")


def _newest(filters: OfferingFilter) -> list[int]:
    """Numbers of the offers entered last, of those that fit or may; samples last."""
    sure, maybe = filters.selection()
    return filters.catalogue.page(sure | maybe, "newest", 0, ENTRIES)
