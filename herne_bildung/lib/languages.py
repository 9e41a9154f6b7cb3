"""The languages of the portal: codes, native names, writing direction.

One place for what a language is. Codes are BCP 47 and stand in addresses and in
`lang` attributes; `column()` gives the suffix of database columns.
"""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface. `direction` is "ltr" or "rtl"."""

    code: str
    native_name: str
    direction: str = "ltr"

    @property
    def column(self) -> str:
        """The suffix of this language's database columns: `de_simple`."""
        return self.code.replace("-", "_")

    @property
    def spoken_code(self) -> str:
        """The language without its variant: `de` for Leichte Sprache."""
        return self.code.split("-")[0]

    @property
    def marks(self) -> dict[str, str]:
        """Attributes of an element whose text is in it, as a field of a form."""
        return {"lang": self.spoken_code, "dir": self.direction}


DEFAULT_LANGUAGE = "de"

LANGUAGES: tuple[Language, ...] = (
    Language("de", "Deutsch"),
    Language("de-simple", "Leichte Sprache"),
    Language("en", "English"),
    Language("tr", "Türkçe"),
    Language("ar", "العربية", "rtl"),
    Language("uk", "Українська"),
    Language("ru", "Русский"),
    Language("pl", "Polski"),
    Language("ro", "Română"),
    Language("bg", "Български"),
)

BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
CODES: tuple[str, ...] = tuple(BY_CODE)


def direction(code: str) -> str:
    """ "rtl" or "ltr" for a language code; unknown codes read left to right."""
    language = BY_CODE.get(code)
    return language.direction if language else "ltr"


def with_second(language: str, asked: str) -> list[str]:
    """A reader's language, and the one asked for beside it where there is that one."""
    return [language, asked] if asked in BY_CODE and asked != language else [language]


def best_match(accept_language: str) -> str:
    """The language of ours that an Accept-Language header asks for first.

    Variants fall back to their language ("de-AT" to "de"); what we do not have,
    or a broken header, gives German.
    """
    wanted: list[tuple[float, int, str]] = []
    for position, part in enumerate(accept_language[:500].split(",")[:20]):
        code, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if quality > 0:
            wanted.append((-quality, position, code.strip().lower()))
    for _, _, code in sorted(wanted):
        if code in BY_CODE:
            return code
        if code.split("-")[0] in BY_CODE:
            return code.split("-")[0]
    return DEFAULT_LANGUAGE


def register_leichte_sprache() -> None:
    """Tell Django about `de-simple`, which its own list of languages lacks."""
    LANG_INFO["de-simple"] = {
        "bidi": False,
        "code": "de-simple",
        "name": "German, easy to read",
        "name_local": "Leichte Sprache",
    }
