"""Names of languages in the reader's language, from the Unicode CLDR."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE

# What the CLDR does not name in all our languages.
OWN_NAMES = {
    "de-simple": _("Easy-to-read German"),
    "gsg": _("German Sign Language"),
    "rom": _("Romani"),
}


def language_name(code: str, reader: str) -> str:
    """The name of a language for a reader of another ("Türkisch" for "tr", "de").

    An unknown code is returned as it is.
    """
    if code in OWN_NAMES:
        return str(OWN_NAMES[code])
    return _names(code, BY_CODE[reader].spoken_code)


def said_in(what: str, code: str) -> str:
    """What a text is, with its language as the page calls it: "Title (Turkish)"."""
    reader = get_language() or DEFAULT_LANGUAGE
    return f"{what} ({language_name(code, reader)})"


@lru_cache(maxsize=1000)
def _names(code: str, reader: str) -> str:
    name = Locale.parse(reader).languages.get(code)
    return name[:1].upper() + name[1:] if name else code
