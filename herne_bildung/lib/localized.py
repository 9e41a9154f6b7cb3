"""Texts in the reader's language, or in German with its own `lang` and `dir`.

Leichte Sprache is a language here: readers are told where a text is harder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from herne_bildung.lib.languages import (
    BY_CODE,
    DEFAULT_LANGUAGE,
    Language,
    direction,
)

# "Deutsch+" among Arabic words would be shown as "+Deutsch"; the mark keeps the
# sign with the letters before it.
SIGN_AFTER_LATIN = re.compile(r"(?<=[A-Za-z])\++(?![A-Za-z+])")
LEFT_TO_RIGHT_MARK = "\u200e"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language it is really in.

    `lang` and `dir` are empty where the text is in the page's language, so that
    templates write attributes only where they are needed.
    """

    text: str
    lang: str = ""
    dir: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def is_fallback(self) -> bool:
        return bool(self.lang)


def localized(values: Mapping[str, Any], field: str, language: str) -> Text:
    """The text of `field` from a row of columns (`title_de`, `title_tr`, …)."""
    text = values.get(f"{field}_{language.replace('-', '_')}")
    if text:
        return Text(with_marks(text, language))
    german = values.get(f"{field}_{DEFAULT_LANGUAGE}") or ""
    if not german or language == DEFAULT_LANGUAGE:
        return Text(german)
    return Text(german, DEFAULT_LANGUAGE, BY_CODE[DEFAULT_LANGUAGE].direction)


def german(text: str, language: str) -> Text:
    """A name that is German in every language, with `lang` where needed: not in
    Leichte Sprache, which has no other names.
    """
    spoken = BY_CODE[language].spoken_code
    return localized({f"text_{DEFAULT_LANGUAGE}": text}, "text", spoken)


def with_marks(text: str, language: str) -> str:
    """A text with the invisible marks it needs where one reads right to left."""
    if "+" not in text or direction(language) == "ltr":
        return text
    return SIGN_AFTER_LATIN.sub(rf"\g<0>{LEFT_TO_RIGHT_MARK}", text)


def isolated(name: str, language: str) -> str:
    """A German name among words in a language: where one reads right to left, with
    the invisible marks that keep several names in their order.
    """
    if not name or direction(language) == "ltr":
        return name
    return f"{ISOLATE}{name}{END_OF_ISOLATE}"


def localized_entry(entry: Any, field: str, language: str) -> Text:
    """The same for a model instance."""
    return localized(vars(entry), field, language)


def language_of(field: Any) -> Language | None:
    """The language of a column of a translated text; None for other columns."""
    if getattr(field, "translated_field", None) is None:
        return None
    return BY_CODE[field.language]


def columns(*fields: str, language: str) -> list[str]:
    """The columns needed to show these fields in a language, German included."""
    suffix = language.replace("-", "_")
    wanted = [f"{field}_{DEFAULT_LANGUAGE}" for field in fields]
    if suffix != DEFAULT_LANGUAGE:
        wanted += [f"{field}_{suffix}" for field in fields]
    return wanted
