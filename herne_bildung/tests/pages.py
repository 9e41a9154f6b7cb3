"""Every public page, found by walking the address resolver: a new one joins by itself.

An address with a part like <slug> needs an example in `examples.EXAMPLES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE
from herne_bildung.tests.examples import EXAMPLES

# Not for everyone: staff or development only.
NOT_PUBLIC = {"components"}
# For programs; a browser saves or lists them.
FILES = {
    "area_pdf",
    "body_calendar",
    "feed",
    "indicator_chart",
    "network_calendar",
    "news_feed",
    "note_code",
    "offering_calendar",
    "offering_poster",
    "offerings_calendar",
    "print_file",
    "report_docx",
    "report_pdf",
    "survey_calendar",
}
# Made to stand on any site.
FRAMED_BY_EVERYONE = {"family_centre_embed", "indicator_embed"}
# Behind links of mails: their address is a secret.
SECRET = {
    "care",
    "care_correct",
    "care_ended",
    "care_not_mine",
    "care_opt_out",
    "care_invitation",
    "offering_preview",
    "print_file",
    "print_order",
    "subscription_confirm",
    "subscriptions",
    "subscriptions_end",
}
# Forms and receipts stand on addresses that no cache may keep.
NEVER_KEPT = {
    "booklet",
    "family_folder",
    "report_barrier",
    "barrier_reported",
    "report_error",
    "error_reported",
    "subscribe",
    "subscription_asked",
    "subscriptions_ended",
    "write_note",
    "note_received",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A public address in German; `rest` is what follows the language."""

    name: str
    rest: str

    @property
    def may_be_kept(self) -> bool:
        return self.name not in NEVER_KEPT | SECRET

    @property
    def may_be_framed(self) -> bool:
        """By our own pages: beside another language."""
        return self.may_be_kept and self.name not in FILES | {"side_by_side"}

    @property
    def frame_options(self) -> str | None:
        """The header X-Frame-Options it must have; None is none."""
        if self.name in FRAMED_BY_EVERYONE:
            return None
        return "SAMEORIGIN" if self.may_be_framed else "DENY"

    def address(self, language: str) -> str:
        return f"/{language}/{self.rest}"


def patterns() -> Iterator[URLPattern]:
    """Every address pattern below the language."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and isinstance(
            entry.pattern, LocalePrefixPattern
        ):
            yield from _leaves(entry)


def _leaves(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _leaves(entry)
        else:
            yield entry


def public_pages() -> list[Page]:
    """Every public page that there is content for; needs the database."""
    found = []
    with translation.override(DEFAULT_LANGUAGE):
        for pattern in patterns():
            if pattern.name in NOT_PUBLIC:
                continue
            has_parts = bool(pattern.pattern.converters)
            for values in EXAMPLES[pattern.name]() if has_parts else [{}]:
                address = reverse(pattern.name, kwargs=values)
                found.append(Page(pattern.name, address.split("/", 2)[2]))
    return found


def addresses(found: list[Page]) -> Iterator[tuple[Page, str, str]]:
    """(page, language, address) of each page in each language."""
    for page in found:
        for language in CODES:
            yield page, language, page.address(language)
