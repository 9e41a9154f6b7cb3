"""Columns of tables: how a cell is read, and how a fact is written into one.

Facts have the form of snapshots (`city.versions.snapshots`): what JSON holds, ids of
related entries. Reading raises ValidationError with a sentence for people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.city.versions.snapshots import json_value
from herne_bildung.lib.analyser import fold
from herne_bildung.lib.tables import BadCell, Cell
from herne_bildung.portal.exchange.lookups import Lookups

Label = str | Promise
YES = {"ja", "j", "yes", "y", "x", "1", "wahr", "true"}
NO = {"nein", "n", "no", "0", "falsch", "false", "-", ""}
PLAIN_TEXT = forms.CharField(required=False)
SEVERAL = re.compile(r"[;|\n]")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
FINE = re.compile(r"[;|,\n]")


@dataclass(frozen=True)
class Column:
    """One column. `fact` is the fact of an entry, or "relation.fact" of its rows, which
    stand one after the other in the cell, parted by "|".
    """

    fact: str
    header: str
    label: Label = ""
    example: str = ""
    note: Label = ""
    is_required: bool = False
    # An empty cell leaves the fact as it is.
    keeps_if_empty: bool = False
    other_names: tuple[str, ...] = ()
    # Only for those who may read internal notes.
    is_private: bool = False

    @property
    def relation(self) -> str:
        return self.fact.partition(".")[0] if "." in self.fact else ""

    @property
    def part(self) -> str:
        return self.fact.rpartition(".")[2]

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        return text_of(cell)

    def write(self, value: Any, lookups: Lookups) -> Any:
        return value


@dataclass(frozen=True)
class FieldColumn(Column):
    """A text, address or number as the form of the entry takes it."""

    field: Field | None = None
    is_telephone: bool = False

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        if self.is_telephone and isinstance(cell, int | float):
            raise ValidationError(
                _("This is stored as a number, without its 0. Please enter it as text.")
            )
        text = text_of(cell)
        if self.field.get_internal_type() != "TextField":
            text = " ".join(text.split())
        value = form_field_of(self.field).clean(text)
        if value in (None, ""):
            return None if self.field.null else ""
        self.field.run_validators(value)
        return json_value(value)


@cache
def form_field_of(field: Field) -> forms.Field:
    """What the form of an entry would make of a cell; made once for a whole table."""
    is_address = field.__class__.__name__ == "URLField"
    options = {"assume_scheme": "https"} if is_address else {}
    return field.formfield(required=False, **options)


@dataclass(frozen=True)
class MonthsColumn(FieldColumn):
    """An age in months; "3 Jahre" is understood too."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        text = text_of(cell).casefold()
        found = re.fullmatch(r"(\d{1,3}(?:[.,]\d)?)\s*(jahre?|years?)", text)
        if found:
            return round(float(found[1].replace(",", ".")) * 12)
        found = re.fullmatch(r"(\d{1,4})\s*(monate?|months?)", text)
        return super().read(found[1] if found else cell, lookups)


@dataclass(frozen=True)
class DecimalColumn(FieldColumn):
    """An amount with two decimals, "12,50"."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        text = text_of(cell).replace("€", "").replace("EUR", "").strip()
        if "," in text or THOUSANDS.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        value = super().read(text, lookups)
        return str(Decimal(value).quantize(Decimal("0.01"))) if value else value

    def write(self, value: Any, lookups: Lookups) -> Any:
        return str(value).replace(".", ",") if value not in (None, "") else ""


@dataclass(frozen=True)
class NumberColumn(FieldColumn):
    """A number with decimals, such as a latitude."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        return super().read(text_of(cell).replace(",", "."), lookups)


@dataclass(frozen=True)
class YesNoColumn(Column):
    """Yes, no, or nothing for "not known"."""

    never_unknown: bool = False

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        text = text_of(cell).casefold()
        if not text:
            return False if self.never_unknown else None
        if text in YES:
            return True
        if text in NO:
            return False
        raise ValidationError(_("Please enter “ja” or “nein”, or nothing."))

    def write(self, value: Any, lookups: Lookups) -> Any:
        return {True: "ja", False: "nein"}.get(value, "")


@dataclass(frozen=True)
class ChoiceColumn(Column):
    """One of a closed list, by its code or its German name."""

    choices: tuple[tuple[Any, Label], ...] = ()
    empty: Any = ""
    default: Any = None

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        text = text_of(cell)
        if not text:
            return self.empty if self.default is None else self.default
        return choice_of(text, self.choices)

    def write(self, value: Any, lookups: Lookups) -> Any:
        names = dict(self.choices)
        return str(names.get(value, value or "")) if value not in (None, "") else ""


@dataclass(frozen=True)
class ChoicesColumn(ChoiceColumn):
    """Several of a closed list, parted by commas."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        parts = [part.strip() for part in FINE.split(text_of(cell))]
        found = [choice_of(part, self.choices) for part in parts if part]
        return list(dict.fromkeys(found))

    def write(self, value: Any, lookups: Lookups) -> Any:
        names = dict(self.choices)
        return ", ".join(str(names.get(one, one)) for one in value or ())


@dataclass(frozen=True)
class ReferenceColumn(Column):
    """Another entry, by its name, its address on the site or its own key."""

    to: str = ""
    takes_several: bool = False

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        text = text_of(cell)
        if not self.takes_several:
            return lookups.find(self.to, text) if text else None
        found = []
        for part in SEVERAL.split(text):
            if part.strip():
                found.append(lookups.find(self.to, part.strip()))
        known = [one for one in found if isinstance(one, int)]
        pending = [one for one in found if not isinstance(one, int)]
        return sorted(set(known)) + pending

    def write(self, value: Any, lookups: Lookups) -> Any:
        if not self.takes_several:
            return lookups.name(self.to, value) if value else ""
        return " | ".join(lookups.name(self.to, one) for one in value or ())


def choice_of(text: str, choices: tuple[tuple[Any, Label], ...]) -> Any:
    """The code of a choice by code or name; ValidationError names what there is."""
    known = _codes_by_name(id(choices), get_language() or "")
    if not known:
        for code, label in reversed(choices):
            known |= {fold(str(code)): code, fold(str(label)): code}
        known.pop("", None)
    if (wanted := fold(text)) in known:
        return known[wanted]
    names = ", ".join(str(label) for code, label in choices if code != "")
    raise ValidationError(
        _("“%(word)s” is not known here. Possible are: %(names)s.")
        % {"word": text[:40], "names": names[:300]}
    )


@cache
def _codes_by_name(choices_id: int, language: str) -> dict[str, Any]:
    """Filled once for each list, which lives as long as the portal."""
    return {}


def text_of(cell: Cell) -> str:
    """A cell as text; ValidationError for one whose value cannot be meant."""
    if isinstance(cell, BadCell):
        raise ValidationError(cell.reason)
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return PLAIN_TEXT.clean(str(cell).strip())


def names_of(column: Column) -> set[str]:
    """All names by which a column of a file is known for this one, folded."""
    given = (column.header, str(column.label), column.fact, *column.other_names)
    return {fold(name) for name in given if name}


def by_name(columns: tuple[Column, ...]) -> Mapping[str, Column]:
    """Columns by each of their names; the first one keeps a name of two."""
    found: dict[str, Column] = {}
    for names in (lambda c: {fold(c.header)}, names_of):
        for column in columns:
            for name in names(column):
                found.setdefault(name, column)
    return found
