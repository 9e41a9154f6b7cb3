"""A centre's offers as a page for frames of its own website."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.lib.localized import Text, isolated, localized_entry
from offerings.cards import Card, cards, has_fallback
from offerings.centres.offers import offers_of
from offerings.models import FamilyCentre

# A frame is no place to turn pages: the page of the centre has all.
MOST = 30


@dataclass(slots=True)
class Embedded:
    """What `offerings/centres/embed.html` shows."""

    name: Text
    is_sample: bool
    cards: list[Card]
    total: int
    link: str

    @property
    def has_more(self) -> bool:
        return self.total > len(self.cards)

    @property
    def has_fallback(self) -> bool:
        return has_fallback(self.cards)


def embedded(centre: FamilyCentre, language: str) -> Embedded:
    """The next offers of a centre."""
    ids = list(offers_of(centre).values_list("pk", flat=True))
    path = reverse("family_centre", args=[centre.organisation.slug])
    return Embedded(
        name=localized_entry(centre.organisation, "name", language),
        is_sample=centre.is_sample,
        cards=cards(ids[:MOST]),
        total=len(ids),
        link=absolute(path),
    )


def embed_code(centre: FamilyCentre, language: str) -> str:
    """The line of HTML that shows them on another site, in a language."""
    with override(language):
        path = reverse("family_centre_embed", args=[centre.organisation.slug])
        name = isolated(centre.organisation.name_de, language)
        title = _("Offers: %(name)s") % {"name": name}
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="800"'
            ' loading="lazy"></iframe>',
            absolute(path),
            title,
        )


def embed_codes(centre: FamilyCentre) -> list[tuple[str, str]]:
    """The name of each language and its line of HTML."""
    return [(one.native_name, embed_code(centre, one.code)) for one in LANGUAGES]
