"""One offer as its page shows it: every fact in words, unknown ones said so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation, Place
from herne_bildung.city.pictures import shown_picture
from herne_bildung.city.uploads import flyer_url
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    notice_of_document,
    report_path,
    reported_changes,
)
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.dates import (
    day_in_words,
    euros,
    moment_in_words,
    size_in_words,
)
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, isolated, localized_entry
from offerings.ages import age_range_in_words
from offerings.choices import Format, TargetGroup
from offerings.models import CostOption, Offering, OfferingFlyer
from offerings.schedules import upcoming_dates, weekly_times

State = Offering.State
# In the order of the page.
TEXTS = ("title", "summary", "next_step", "description")


@dataclass(slots=True)
class Detail:
    """What `offerings/detail.html` shows. `entry` is the offer itself."""

    entry: Offering
    title: Text
    summary: Text
    description: Text
    next_step: Text
    topics: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    unknown: str
    dates: list[str]
    places: list[dict[str, Any]]
    provider_name: Text
    successor_title: Text
    contact: dict[str, Any] | None
    is_machine_translated: bool
    freshness: Freshness | None
    reported: str
    picture: dict[str, Any] | None = None
    flyers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Offers"), "url": reverse("offerings")}]

    @property
    def provider(self) -> Any:
        return self.entry.provider

    @property
    def provider_url(self) -> str:
        """Of the provider's page; empty where it has none any more."""
        provider = self.entry.provider
        is_listed = provider.status == Organisation.Status.ACTIVE
        return reverse("provider", args=[provider.slug]) if is_listed else ""

    @property
    def keep_url(self) -> str:
        """Puts this offer on the reader's list, which lives in its address."""
        return address(reverse("kept"), [("offer", self.entry.slug)])

    @property
    def report_url(self) -> str:
        """Where readers say that something is wrong here; none for a draft."""
        is_public = self.entry.state == Offering.State.PUBLISHED
        return report_path("offering", self.entry) if is_public else ""

    @property
    def calendar_url(self) -> str:
        return reverse("offering_calendar", args=[self.entry.slug])

    @property
    def fallback_starts(self) -> list[str]:
        """The texts before which the page says that German follows: each that is
        in German while the one before it is not.
        """
        names = [name for name in TEXTS if getattr(self, name)]
        german = [getattr(self, name).is_fallback for name in names]
        return [
            name
            for name, is_german, before in zip(
                names, german, [False, *german], strict=False
            )
            if is_german and not before
        ]

    @property
    def has_ended(self) -> bool:
        """True when the last day is over."""
        last = self.entry.ends_on
        return last is not None and last < clock.today()

    @property
    def successor_url(self) -> str:
        return reverse("offering", args=[self.entry.successor.slug])

    @property
    def documented(self) -> str:
        """The notice above the page; empty where it needs none."""
        return notice_of_document(self.entry.as_of, self.freshness)

    @property
    def documented_text(self) -> str:
        """What the reader should know of an entry from a document."""
        return _(
            "This entry comes from a document of %(year)s. Whether and when the "
            "offer takes place today is not known here: please ask."
        ) % {"year": self.entry.as_of[:4]}


def whole(found: QuerySet) -> Offering | None:
    """The first of these offers, with what the page of each shows. Prices and flyers,
    which few have, are asked for where `is_free` and `has_flyers` leave them open.
    """
    flyers = OfferingFlyer.objects.filter(offering=OuterRef("pk"))
    places = Prefetch("places", Place.objects.select_related("district"))
    return (
        found.select_related("provider", "successor", "picture")
        .prefetch_related("topics", places, "schedules")
        .annotate(has_flyers=Exists(flyers))
        .first()
    )


def detail(offering: Offering, language: str) -> Detail:
    """Everything the page of an offer shows that `whole` gave, in a language."""
    title = localized_entry(offering, "title", language)
    all_facts = facts(offering, language)
    freshness = freshness_of("offering", offering, language)
    flyers = offering.flyers.all() if offering.has_flyers else ()
    note = offering.translation_state.get(language, {}).get("title", {})
    return Detail(
        entry=offering,
        title=title,
        summary=localized_entry(offering, "summary", language),
        description=localized_entry(offering, "description", language),
        next_step=localized_entry(offering, "next_step", language),
        topics=[
            {
                "name": localized_entry(topic, "name", language),
                "url": f"{reverse('offerings')}?topic={topic.key}",
            }
            for topic in offering.topics.all()
        ],
        facts=[fact for fact in all_facts if fact["lines"]],
        unknown=listed(fact["label"] for fact in all_facts if not fact["lines"]),
        dates=[
            moment_in_words(moment, language) for moment in upcoming_dates(offering, 6)
        ],
        places=[place_facts(place, language) for place in offering.places.all()],
        provider_name=(
            localized_entry(offering.provider, "name", language)
            if offering.provider
            else Text("")
        ),
        successor_title=(
            localized_entry(offering.successor, "title", language)
            if offering.successor and offering.successor.state == State.PUBLISHED
            else Text("")
        ),
        contact=contact(offering) or contact(offering.provider),
        is_machine_translated=bool(note) and not note.get("reviewed"),
        freshness=freshness,
        picture=shown_picture(getattr(offering, "picture", None), language),
        flyers=[shown_flyer(flyer, language) for flyer in flyers],
        reported=listed(reported_changes("offering", offering, freshness)),
    )


def shown_flyer(flyer: OfferingFlyer, language: str) -> dict[str, Any]:
    """A leaflet, for `components/flyer_list.html`."""
    return {
        "title": localized_entry(flyer, "title", language),
        "url": flyer_url(flyer.file),
        "size": size_in_words(flyer.size, language),
    }


def facts(offering: Offering, language: str) -> list[dict[str, Any]]:
    """The facts in the order people ask for them, for `components/fact_list.html`;
    what is not known has no lines.
    """
    ages = age_range_in_words(offering.age_min_months, offering.age_max_months)
    times = [*weekly_times(offering), *period(offering, language)]
    registration = offering.get_registration_display() if offering.registration else ""
    return [
        fact(_("Age"), "child", ages),
        fact(_("For whom"), "people", *labels(TargetGroup, offering.target_groups)),
        fact(_("When"), "calendar", *times),
        fact(_("How"), "home", *labels(Format, filter(None, [offering.format]))),
        fact(_("Costs"), "coin", *costs(offering, language)),
        fact(_("Registration"), "check", registration),
        fact(
            _("Languages"),
            "speech",
            *(language_name(code, language) for code in offering.languages),
        ),
        fact(
            _("Accessibility"),
            "accessible",
            yes_or_no(offering.is_accessible),
            offering.accessibility_note,
        ),
        fact(_("Childcare"), "child", yes_or_no(offering.has_childcare)),
    ]


def fact(label: str, icon: str, *lines: str) -> dict[str, Any]:
    """One line of the fact list."""
    return {
        "label": label,
        "icon": icon,
        "lines": [str(line) for line in lines if line],
    }


def labels(choices: Any, codes: Iterable[str]) -> list[str]:
    """Names of codes of a closed list."""
    return [str(choices(code).label) for code in codes]


def yes_or_no(fact: bool | None) -> str:
    """ "yes", "no", or nothing where it is not known."""
    return "" if fact is None else (_("yes") if fact else _("no"))


def period(offering: Offering, language: str) -> list[str]:
    """First and last day of the offer, as far as they are known."""
    found = []
    if offering.running_since:
        found.append(_("since %(year)s") % {"year": offering.running_since})
    if offering.starts_on and offering.starts_on > clock.today():
        day = day_in_words(offering.starts_on, language)
        found.append(_("from %(day)s") % {"day": day})
    if offering.ends_on:
        day = day_in_words(offering.ends_on, language)
        found.append(_("until %(day)s") % {"day": day})
    return found


def costs(offering: Offering, language: str) -> list[str]:
    """Free, or the prices, or that there are costs."""
    if offering.is_free:
        return [_("free of charge")]
    options = list(offering.cost_options.all())
    if options:
        return [price_in_words(option, language) for option in options]
    return [] if offering.is_free is None else [_("with costs")]


def price_in_words(option: CostOption, language: str) -> str:
    """ "3.50 € per date (reduced)"."""
    amount = f"{euros(option.amount, language)} {option.get_per_display()}"
    if option.kind == CostOption.Kind.REGULAR:
        return amount
    return f"{amount} ({option.get_kind_display()})"


def place_facts(place: Any, language: str) -> dict[str, Any]:
    """A place with its district, which may only be probable; `german` are the parts
    that are German in every language.
    """
    district = place.district.name if place.district else ""
    is_guessed = bool(district) and place.is_district_guessed
    name_and_address = ", ".join(filter(None, [place.name, place.address]))
    sure = "" if is_guessed else district
    return {
        "german": list(filter(None, [name_and_address, sure])),
        "guessed": isolated(district, language) if is_guessed else "",
        "accessible": yes_or_no(place.is_accessible),
        "note": place.accessibility_note,
        "as_of": place.as_of,
    }
