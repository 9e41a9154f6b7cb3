"""Kept offers on paper, in one or two languages side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Place
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of_many,
    notice_of_document,
)
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.languages import BY_CODE, LANGUAGES, Language, with_second
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.qr_codes import inline_svg
from offerings.facts_in_words import facts
from offerings.kept.listing import MOST, slugs_of
from offerings.models import Offering


@dataclass(slots=True)
class Sheet:
    """An offer in one language; what is in another one says so."""

    language: Language
    title: Text
    summary: Text
    next_step: Text
    provider: Text
    facts: list[dict[str, Any]]
    places: list[str]
    contact: dict[str, Any] | None
    freshness: Freshness | None
    documented: str
    address: str

    @property
    def code(self) -> SafeString:
        """Its page in this language as a picture that cameras read."""
        return inline_svg(self.address)


@dataclass(slots=True)
class KeptSheets:
    """An offer in each language asked for."""

    offering: Offering
    sheets: list[Sheet]


@dataclass(slots=True)
class KeptPaper:
    """What `offerings/kept_paper.html` shows."""

    offers: list[KeptSheets]
    slugs: Sequence[str]
    second: str
    languages: list[Language]

    @property
    def list_url(self) -> str:
        """The list on the screen."""
        return address(reverse("kept"), [("offer", slug) for slug in self.slugs])

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Kept offers"), "url": self.list_url}]


def kept_paper(data: QueryDict, language: str) -> KeptPaper:
    """The list of an address; parameters that name nothing are not heard. Queries do
    not grow with the list.
    """
    slugs = slugs_of(data.getlist("offer"))[:MOST]
    chosen = with_second(language, data.get("with", ""))
    places = Prefetch("places", Place.objects.select_related("district"))
    rows = (
        Offering.objects.published(clock.today())
        .filter(slug__in=slugs)
        .select_related("provider")
        .prefetch_related(places, "schedules", "occurrences", "cost_options")
    )
    found = {offering.slug: offering for offering in rows}
    offers = [found[slug] for slug in slugs if slug in found]
    by_language = []
    for code in chosen:
        with translation.override(code):
            care = freshness_of_many("offering", offers, code)
            by_language.append([_sheet(one, code, care) for one in offers])
    return KeptPaper(
        offers=[
            KeptSheets(offering, list(sheets))
            for offering, *sheets in zip(offers, *by_language, strict=True)
        ],
        slugs=[offering.slug for offering in offers],
        second=chosen[1] if len(chosen) > 1 else "",
        languages=[one for one in LANGUAGES if one.code != language],
    )


def _sheet(offering: Offering, language: str, care: Mapping[int, Freshness]) -> Sheet:
    """An offer in the language that is active."""
    freshness = care.get(offering.pk)
    provider = offering.provider
    places = [
        ", ".join(filter(None, [one.name, one.address]))
        for one in offering.places.all()
    ]
    return Sheet(
        language=BY_CODE[language],
        title=localized_entry(offering, "title", language),
        summary=localized_entry(offering, "summary", language),
        next_step=localized_entry(offering, "next_step", language),
        provider=localized_entry(provider, "name", language) if provider else Text(""),
        facts=[fact for fact in facts(offering, language) if fact["lines"]],
        places=[place for place in places if place],
        contact=contact(offering) or contact(provider),
        freshness=freshness,
        documented=notice_of_document(offering.as_of, freshness),
        address=absolute(reverse("offering", args=[offering.slug])),
    )
