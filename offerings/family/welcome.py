"""The page about welcome visits: what Herne's documents say of them, and what not."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.public import freshness_of
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.localized import localized_entry
from offerings.family.texts import texts
from offerings.models import Offering
from offerings.results import OFFICE_SLUG

OFFER_SLUG = "willkommensbesuche"
# What somebody writes to a German office is German.
LETTER_LANGUAGE = "de"


@dataclass(slots=True)
class WelcomePage:
    """What `offerings/family/welcome.html` shows; without a contact nobody is known
    whom to ask.
    """

    texts: dict[str, Any]
    letter: str
    letter_url: str
    contact: dict[str, Any] | None
    offer_url: str
    is_confirmed: bool
    links: list[dict[str, str]]

    @property
    def quote(self) -> str:
        """What the documents say, word for word."""
        return "\n".join(self.texts["source"]["quotes"])

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": gettext("Family"), "url": reverse("family")}]


def welcome_page(language: str) -> WelcomePage:
    """The page in a language: two or three questions to the database."""
    words = texts("welcome_visit", language)
    german = texts("welcome_visit", LETTER_LANGUAGE)
    published = Offering.objects.published(clock.today()).select_related("provider")
    offer = published.filter(slug=OFFER_SLUG).first()
    found, body = contact(offer), offer.provider if offer else None
    if offer and found is None:
        found = contact(offer.provider)
    if found is None:
        body = Organisation.objects.listed().filter(slug=OFFICE_SLUG).first()
        found = contact(body)
    freshness = freshness_of("offering", offer, language) if offer else None
    return WelcomePage(
        texts=words,
        letter=german["letter"],
        letter_url=_mail(found, german) if found and found["email"] else "",
        contact=_named(found, body, language),
        offer_url=reverse("offering", args=[OFFER_SLUG]) if offer else "",
        is_confirmed=bool(freshness and freshness.is_confirmed),
        links=_links(words),
    )


def _named(
    found: dict[str, Any] | None, body: Organisation | None, language: str
) -> dict[str, Any] | None:
    """The contact with the name of whose it is."""
    if found is None or body is None:
        return found
    return {**found, "name": localized_entry(body, "name", language).text}


def _mail(found: dict[str, Any], german: dict[str, Any]) -> str:
    """A mail that the reader's own program begins; nothing is sent by us."""
    subject, body = quote(german["title"]), quote(german["letter"])
    return f"mailto:{found['email']}?subject={subject}&body={body}"


def _links(words: dict[str, Any]) -> list[dict[str, str]]:
    family = reverse("family")
    return [
        {"label": words["baby_go"], "url": address(family, [("age_months", "0")])},
        {"label": words["toddler_go"], "url": address(family, [("age_months", "12")])},
        {"label": words["new_go"], "url": reverse("new_in_herne")},
    ]
