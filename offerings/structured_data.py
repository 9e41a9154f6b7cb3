"""What the page of an offer or provider says to machines (schema.org)."""

from datetime import datetime

from django.urls import reverse

from herne_bildung.lib import clock
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.schedule import Meeting, is_within
from herne_bildung.lib.schema_org import Node, organisation, place
from offerings.ages import age_range_in_words
from offerings.choices import Format, PlacesLeft, TargetGroup
from offerings.dates.for_machines import schedules_of
from offerings.detail import Detail
from offerings.joining import places_known
from offerings.models import Offering
from offerings.providers import ProviderPage

ATTENDANCE = {
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.ON_SITE: "OfflineEventAttendanceMode",
}
AVAILABILITY = {
    PlacesLeft.FREE: "InStock",
    PlacesLeft.WAITING_LIST: "BackOrder",
    PlacesLeft.FULL: "SoldOut",
}


def of_offer(page: Detail, language: str) -> Node | None:
    """An Event where a next date is known, a Course where it has a first and a last
    day, else a Service. Nothing for what is made up or over.
    """
    offering = page.entry
    if offering.is_sample or page.has_ended:
        return None
    common = {
        "name": page.title.text,
        "description": page.summary.text,
        "url": absolute(reverse("offering", args=[offering.slug])),
        "image": absolute(page.picture["url"]) if page.picture else "",
        "offers": _prices(offering),
    }
    if offering.starts_on and offering.ends_on:
        return _course(page, common, language)
    if offering.next_start:
        return _event(page, common, language)
    return _service(page, common)


def _event(page: Detail, common: Node, language: str) -> Node:
    offering = page.entry
    start = offering.next_start.astimezone(clock.BERLIN)
    return {
        "@type": "Event",
        **common,
        "startDate": start,
        "endDate": _end(offering, start),
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": _provider(page),
        "audience": _audience(offering),
        **_when_and_where(page),
        **_learners(offering, language),
        "typicalAgeRange": _ages(offering),
    }


def _end(offering: Offering, start: datetime) -> datetime | None:
    """When a date ends, by what says that it begins then; None where not known."""
    ends = {
        one.new_end_time
        for one in offering.occurrences.all()
        if (one.new_day, one.new_start_time or one.start_time)
        == (start.date(), start.time())
    } or {
        one.end_time
        for one in offering.schedules.all()
        if one.start_time == start.time()
    }
    end = ends.pop() if len(ends) == 1 else None
    meeting = Meeting(start.date(), start.time(), end)
    return end and meeting.end.astimezone(clock.BERLIN)


def _course(page: Detail, common: Node, language: str) -> Node:
    offering = page.entry
    learners = _learners(offering, language)
    return {
        "@type": "Course",
        **common,
        "provider": _provider(page),
        "audience": _audience(offering),
        "typicalAgeRange": _ages(offering),
        **learners,
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "name": common["name"],
            "startDate": offering.starts_on,
            "endDate": offering.ends_on,
            **{
                "courseSchedule" if name == "eventSchedule" else name: value
                for name, value in _when_and_where(page).items()
            },
        },
    }


def _service(page: Detail, common: Node) -> Node:
    offering = page.entry
    return {
        "@type": "Service",
        **common,
        "provider": _provider(page),
        "audience": _audience(offering),
        "serviceType": [topic["name"].text for topic in page.topics],
        "areaServed": {"@type": "City", "name": "Herne"},
    }


def _provider(page: Detail) -> Node | None:
    if not page.provider:
        return None
    return organisation(page.provider_name.text, page.provider_url)


def _when_and_where(page: Detail) -> Node:
    offering = page.entry
    mode = ATTENDANCE.get(offering.format)
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}" if mode else "",
        "location": [place(one) for one in offering.places.all()],
        "eventSchedule": schedules_of(page.rules),
    }


def _learners(offering: Offering, language: str) -> Node:
    return {
        "isAccessibleForFree": offering.is_free,
        "inLanguage": [
            BY_CODE[code].spoken_code if code in BY_CODE else code
            for code in offering.languages
        ],
    }


def _audience(offering: Offering) -> Node | None:
    groups = [str(TargetGroup(code).label) for code in offering.target_groups]
    return {"@type": "Audience", "audienceType": ", ".join(groups)} if groups else None


def _ages(offering: Offering) -> str:
    return age_range_in_words(offering.age_min_months, offering.age_max_months)


def _prices(offering: Offering) -> list[Node]:
    """Prices in euros, and whether places are left, as far as that is known today."""
    known = places_known(offering)
    is_known = known is not None and is_within(clock.today(), [known])
    availability = AVAILABILITY[offering.places_left] if is_known else ""
    # A free one has no prices to ask for.
    options = () if offering.is_free else offering.cost_options.all()
    amounts = [0] if offering.is_free else [option.amount for option in options]
    return [
        {
            "@type": "Offer",
            "price": str(amount),
            "priceCurrency": "EUR",
            "availability": availability and f"https://schema.org/{availability}",
        }
        for amount in amounts
    ]


def of_provider(page: ProviderPage) -> Node | None:
    """An Organization; nothing for what is made up."""
    entry = page.entry
    if entry.is_sample:
        return None
    return organisation(
        page.name.text,
        reverse("provider", args=[entry.slug]),
        page.contact,
        description=page.description.text,
        parentOrganization=organisation(page.parent.text) if page.parent.text else None,
    )
