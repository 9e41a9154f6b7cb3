"""The feed of new offers (Atom), in each language."""

from django.urls import reverse
from django.utils.translation import gettext

from herne_bildung.freshness.public import state_of_document, with_care
from herne_bildung.lib import clock
from herne_bildung.lib.feeds import SteadyFeed, absolute
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.localized import columns, localized
from offerings.models import Offering

ENTRIES = 30
COLUMNS = ("slug", "as_of", "created_at", "updated_at", "care_confirmed_at")


def newest_offers(language: str) -> str:
    """The feed of the newest real offers as XML, with absolute addresses."""
    feed = SteadyFeed(
        title=gettext("Lernen! in Herne: new offers"),
        link=absolute(reverse("offerings")),
        feed_url=absolute(reverse("feed")),
        description=None,
        subtitle=gettext("Education offers in Herne, the latest first."),
        language=BY_CODE[language].spoken_code,
        author_name="Lernen! in Herne",
    )
    today = clock.today()
    offers = Offering.objects.published(today).not_ended(today).real().newest_first()
    wanted = columns("title", "summary", language=language)
    rows = with_care(offers, "offering").values(*COLUMNS, *wanted)
    for row in rows[:ENTRIES]:
        address = absolute(reverse("offering", args=[row["slug"]]))
        summary = str(localized(row, "summary", language))
        state = state_of_document(row["as_of"], row["care_confirmed_at"])
        feed.add_item(
            title=str(localized(row, "title", language)),
            link=address,
            unique_id=address,
            description=f"{state}: {summary}" if state else summary,
            pubdate=row["created_at"],
            updateddate=row["updated_at"],
        )
    return feed.writeString("utf-8")
