"""Names of schools as official lists write them: broken over fields of 40 letters."""

import re
from collections.abc import Sequence

# "an der Bergstraße" goes on with the name; "der Stadt Herne" does not.
CONTINUES_NAME = re.compile(r"(an|am|auf|im|in|bei|zum|zur)\s")
NAME_ENDS = re.compile(r",\s+|\s+(?=staatl\.|staatlich\b)")
# "- Sekundarstufe I -" stands for an addition of its own.
DASHED = re.compile(r"-\s+(.*?)\s*-?")
GLUED_ABBREVIATION = re.compile(r"(?<=\w\.)(?=[^\W\d_])")


def name_and_addition(fields: Sequence[str]) -> tuple[str, str]:
    """The name of a school and the official words after it.

    >>> name_and_addition(["Schule am Park, Städt. Förder-", "schule", ""])
    ('Schule am Park', 'Städt. Förderschule')
    """
    pieces = _unbroken([" ".join(field.split()) for field in fields])
    if not pieces:
        return "", ""
    name, *additions = pieces
    if additions and CONTINUES_NAME.match(additions[0]):
        name = f"{name} {additions.pop(0)}"
    name, *ended = NAME_ENDS.split(name, maxsplit=1)
    return name, _joined([*ended, *additions])


def _unbroken(fields: Sequence[str]) -> list[str]:
    """The fields, those joined where a word was broken in two."""
    pieces: list[str] = []
    for text in filter(None, fields):
        is_broken = pieces and pieces[-1].endswith("-") and text[0].islower()
        if is_broken and not pieces[-1].startswith("- "):
            pieces[-1] = pieces[-1][:-1] + text
        else:
            pieces.append(text)
    return pieces


def _joined(additions: Sequence[str]) -> str:
    found = ""
    for text in additions:
        dashed = DASHED.fullmatch(text)
        between = ", " if dashed and found else " "
        found = f"{found}{between}{dashed.group(1) if dashed else text}"
    return GLUED_ABBREVIATION.sub(" ", found).strip()
