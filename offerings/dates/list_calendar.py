"""The calendar of a filtered list, to subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from herne_bildung.lib.feeds import absolute
from offerings.asked import asked_address, in_words
from offerings.dates.calendar import calendar_of, events_of
from offerings.dates.schedules import school_holidays
from offerings.filters import OfferingFilter
from offerings.models import Offering

# So many offers are in a calendar, those with the next dates first; more would not be
# read, and every program that subscribes asks for all of them anew (half a second).
MOST_OFFERS = 50


def list_calendar(filters: OfferingFilter, language: str) -> bytes:
    """The dates of the offers that surely fit, as the file of each has them. Samples
    and offers without dates have none; of samples the file says so.
    """
    asked = in_words(filters, language)
    about = _(
        "Dates of offers in Herne, the next first, of %(number)s offers at most. Dates"
        " may change: please look at the page of the offer."
    )
    about %= {"number": MOST_OFFERS}
    holidays = school_holidays()
    return calendar_of(
        _("Lernen! in Herne: %(search)s") % {"search": asked},
        (
            event
            for offering in _offers(filters)
            for event in events_of(offering, language, holidays)
        ),
        about=" ".join(filter(None, [about, samples_left_out(filters)])),
        page=absolute(asked_address(filters, "offerings")),
    )


def samples_left_out(filters: OfferingFilter) -> str:
    """That samples among the offers that fit are in no calendar and no feed; empty
    where there are none.
    """
    sure, maybe = filters.selection()
    samples = filters.catalogue.samples
    if not (samples.intersect(sure) or samples.intersect(maybe)):
        return ""
    return _("Sample offers are in no calendar and no feed: they are made up.")


def _offers(filters: OfferingFilter) -> Sequence[Offering]:
    sure, _maybe = filters.selection()
    ids = filters.catalogue.page(sure, "date", 0, MOST_OFFERS)
    found = (
        Offering.objects.real()
        .exclude(next_start=None)
        .prefetch_related("places", "schedules", "occurrences")
        .in_bulk(ids)
    )
    return [found[pk] for pk in ids if pk in found]
