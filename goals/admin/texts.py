"""Sections of forms that several entries have: languages of rows, source, state."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES

OTHER_COLUMNS = [one.column for one in LANGUAGES if one.code != DEFAULT_LANGUAGE]


def row_fieldsets(german: Iterable[Any], *texts: str) -> list[tuple[Any, dict]]:
    """A row with German texts, the other languages folded below."""
    others = [f"{text}_{column}" for column in OTHER_COLUMNS for text in texts]
    return [
        (None, {"fields": list(german)}),
        (_("Languages"), {"fields": others, "classes": ["collapse"]}),
    ]
