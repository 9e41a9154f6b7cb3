"""A public page in two languages at once, for people who advise in two."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language

from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES, Language

# Public addresses that a frame cannot show: files, and this page itself.
NOT_SHOWN = {
    "feed",
    "indicator_chart",
    "offering_calendar",
    "offerings_calendar",
    "side_by_side",
}
# Beside German, until another language is chosen.
BESIDE_GERMAN = "en"
LONGEST_ADDRESS = 1500


@dataclass(frozen=True, slots=True)
class Half:
    """The page in one language."""

    language: Language
    url: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What `portal/side_by_side.html` shows. `page` is the address below the language,
    as it was given; without halves it is none of ours.
    """

    page: str
    first: Language
    second: Language
    halves: tuple[Half, ...]

    @property
    def languages(self) -> tuple[Language, ...]:
        """To choose both from."""
        return LANGUAGES


def side_by_side(data: Mapping[str, str], language: str) -> SideBySide:
    """The two halves for an address; unknown languages are not heard."""
    first = data.get("first", "")
    first = first if first in BY_CODE else language
    second = data.get("with", "")
    if second not in BY_CODE or second == first:
        second = BESIDE_GERMAN if first == DEFAULT_LANGUAGE else DEFAULT_LANGUAGE
    given = data.get("page", "").strip() or "/"
    rest = rest_of(given)
    return SideBySide(
        page=given[:LONGEST_ADDRESS] if rest is None else f"/{rest}",
        first=BY_CODE[first],
        second=BY_CODE[second],
        halves=()
        if rest is None
        else tuple(Half(BY_CODE[code], f"/{code}/{rest}") for code in (first, second)),
    )


def rest_of(given: str) -> str | None:
    """What follows the language in the address of a public page: "angebote/?q=kurs".

    The language may be missing, and the address be copied whole from the browser;
    None for everything that is not a public page of ours.
    """
    own = urlsplit(settings.PUBLIC_ADDRESS)
    try:
        parts = urlsplit(given)
    except ValueError:
        return None
    if (parts.scheme, parts.netloc) not in {("", ""), (own.scheme, own.netloc)}:
        return None
    if len(given) > LONGEST_ADDRESS or not parts.path.startswith("/"):
        return None
    first, _slash, rest = parts.path[1:].partition("/")
    if first not in BY_CODE:
        rest = parts.path[1:]
    try:
        match = resolve(f"/{get_language()}/{unquote(rest)}")
    except Resolver404:
        return None
    if not can_be_shown(match):
        return None
    return f"{rest}?{parts.query}" if parts.query else rest


def can_be_shown(match: ResolverMatch | None) -> bool:
    """Whether an address leads to a page for everyone that a frame can show."""
    return (
        match is not None
        and getattr(match.func, "is_public_page", False)
        and match.view_name not in NOT_SHOWN
    )


def link(language: str, page: str) -> str:
    """A page, given below its language, beside another language."""
    return address(f"/{language}/nebeneinander/", [("page", page)])
