"""Numbers as people and spreadsheets write them: "1.234,5", "1,234.5", "1 234"."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monitoring.imports.problems import BadValue

COMMA, POINT, UNKNOWN = ",", ".", ""
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
# Spaces of all widths and apostrophes part thousands in either way of writing.
GROUPING = r"\s\u00a0\u202f\u2009'\u2019"
FORMS = {
    COMMA: re.compile(rf"-?(?:\d{{1,3}}(?:[.{GROUPING}]\d{{3}})+|\d+)(?:,\d+)?"),
    POINT: re.compile(rf"-?(?:\d{{1,3}}(?:[,{GROUPING}]\d{{3}})+|\d+)(?:\.\d+)?"),
}
PARTS = {sign: re.compile(rf"[^-\d{re.escape(sign)}]") for sign in FORMS}
PLAIN = re.compile(r"-?[0-9]{1,18}")


def number(cell: Any, sign: str) -> Decimal:
    """The number in a cell. `sign` is the decimal sign of the file, empty when it is
    not known: then only numbers that have one meaning are taken. Raises BadValue.
    """
    if isinstance(cell, bool | date):
        raise BadValue(
            _(
                "This is no number: “%(text)s”. The spreadsheet may have made a date "
                "of it."
            )
            % {"text": cell}
        )
    if isinstance(cell, int):
        return Decimal(cell)
    text = repr(cell) if isinstance(cell, float) else str(cell)
    if isinstance(cell, float):
        return _finite(text)
    if PLAIN.fullmatch(text):
        return Decimal(text)
    text = text.translate(MINUS)
    found = {one: value for one in FORMS if (value := _read(text, one)) is not None}
    if sign in found:
        return found[sign]
    if sign == UNKNOWN and len(set(found.values())) == 1:
        return next(iter(found.values()))
    raise BadValue(_reason(text, sign, bool(found)))


def decimal_sign(cells: Iterable[Any]) -> str:
    """What parts whole and decimal in these cells, by those that can only be read one
    way; UNKNOWN when none says, or some say this and others that.
    """
    said = set()
    for cell in cells:
        if isinstance(cell, str):
            text = cell.removesuffix("%").rstrip().translate(MINUS)
            ways = [sign for sign in FORMS if _read(text, sign) is not None]
            said.update(ways if len(ways) == 1 else [])
    return said.pop() if len(said) == 1 else UNKNOWN


def _read(text: str, sign: str) -> Decimal | None:
    if len(text) > 40 or not FORMS[sign].fullmatch(text):
        return None
    return Decimal(PARTS[sign].sub("", text).replace(",", "."))


def _finite(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise BadValue(_("This is no number: “%(text)s”.") % {"text": text})
    return value


def _reason(text: str, sign: str, is_number: bool) -> str:
    shown = {"text": text[:40]}
    if not is_number:
        return (
            _(
                "This is no number: “%(text)s”. Write digits only, or what is the "
                "case: “not available” or “makes no sense here”."
            )
            % shown
        )
    if sign == UNKNOWN:
        return (
            _(
                "“%(text)s” can be read in two ways. Choose the decimal sign of the "
                "file above the columns."
            )
            % shown
        )
    return (
        _(
            "“%(text)s” does not fit the decimal sign of the file. Correct it, or "
            "choose the other sign above the columns."
        )
        % shown
    )
