"""One offer as its page shows it: every fact in words, unknown ones said so."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
)
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
    size_in_words,
)
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.schedule import Rule
from offerings.badges import badges, pause_in_words
from offerings.dates.schedules import next_dates, own_rules
from offerings.facts_in_words import facts
from offerings.models import Offering, OfferingFlyer
from offerings.places import place_facts
from offerings.seasons import Linked, followed, follower

State = Offering.State
SHOWN_DATES = 6
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
    dates: list[dict[str, Any]]
    places: list[dict[str, Any]]
    provider_name: Text
    rules: list[Rule]
    follower: Linked | None
    followed: list[Linked]
    badges: list[dict[str, str]]
    pause: str
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
    predecessors = Offering.objects.filter(successor=OuterRef("pk"))
    places = Prefetch("places", Place.objects.select_related("district"))
    return (
        found.select_related("provider", "successor", "picture")
        .prefetch_related("topics", places, "schedules", "occurrences")
        .annotate(has_flyers=Exists(flyers), has_predecessors=Exists(predecessors))
        .first()
    )


def detail(offering: Offering, language: str) -> Detail:
    """Everything the page of an offer shows that `whole` gave, in a language."""
    title = localized_entry(offering, "title", language)
    all_facts = facts(offering, language)
    freshness = freshness_of("offering", offering, language)
    flyers = offering.flyers.all() if offering.has_flyers else ()
    rules = own_rules(offering)
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
        rules=rules,
        dates=next_dates(offering, language, SHOWN_DATES, rules),
        places=[place_facts(place, language) for place in offering.places.all()],
        provider_name=(
            localized_entry(offering.provider, "name", language)
            if offering.provider
            else Text("")
        ),
        follower=follower(offering, language),
        followed=followed(offering, language) if offering.has_predecessors else [],
        badges=badges(vars(offering) | {"paused_from": None}, language, clock.today()),
        pause=pause_in_words(vars(offering), language, clock.today()),
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
