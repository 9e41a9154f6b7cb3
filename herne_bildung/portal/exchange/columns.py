"""Columns of tables: how a cell is read, and how a fact is written into one.

Facts have the form of snapshots (`city.versions.snapshots`): what JSON holds, ids of
related entries. Reading raises ValidationError with a sentence for people.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from herne_bildung.city.versions.snapshots import json_value
from herne_bildung.lib.analyser import fold
from herne_bildung.lib.tables import BadCell, Cell
from herne_bildung.portal.exchange.lookups import Lookups

Label = str | Promise
YES = {"ja", "j", "yes", "y", "x", "1", "wahr", "true"}
NO = {"nein", "n", "no", "0", "falsch", "false", "-", ""}
SEVERAL = re.compile(r"[;|\n]")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
FINE = re.compile(r"[;|,\n]")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


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
        value = self.field.formfield(required=False, **_options(self.field)).clean(text)
        if value in (None, ""):
            return None if self.field.null else ""
        self.field.run_validators(value)
        return json_value(value)


def _options(field: Field) -> dict[str, Any]:
    is_address = field.__class__.__name__ == "URLField"
    return {"assume_scheme": "https"} if is_address else {}


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
class DateColumn(Column):
    def read(self, cell: Cell, lookups: Lookups) -> Any:
        if isinstance(cell, datetime):
            cell = cell.date()
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            # A day without its format is a number of days for a spreadsheet.
            cell = from_excel(cell) if 20_000 < cell < 80_000 else str(cell)
            cell = cell.date() if isinstance(cell, datetime) else cell
        if not isinstance(cell, date):
            cell = _day(text_of(cell))
        if cell is None:
            return None
        if not EARLIEST <= cell <= LATEST:
            raise ValidationError(_("This day cannot be meant."))
        return cell.isoformat()

    def write(self, value: Any, lookups: Lookups) -> Any:
        return date.fromisoformat(value) if value else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    raise ValidationError(_("This is no day. Please write it like 31.12.2027."))


@dataclass(frozen=True)
class DatesColumn(Column):
    """Several days, parted by commas."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        one = DateColumn("", "")
        if not isinstance(cell, str):
            return [one.read(cell, lookups)]
        parts = [part.strip() for part in FINE.split(cell)]
        return [one.read(part, lookups) for part in parts if part]

    def write(self, value: Any, lookups: Lookups) -> Any:
        days = (date.fromisoformat(day) for day in value or ())
        return ", ".join(day.strftime("%d.%m.%Y") for day in days)


@dataclass(frozen=True)
class TimeColumn(Column):
    def read(self, cell: Cell, lookups: Lookups) -> Any:
        if isinstance(cell, datetime):
            cell = cell.time()
        if isinstance(cell, float) and 0 <= cell < 1:
            minutes = round(cell * 1440) % 1440
            cell = time(minutes // 60, minutes % 60)
        if isinstance(cell, time):
            return cell.replace(second=0, microsecond=0).isoformat()
        text = text_of(cell).casefold().removesuffix("uhr").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(_("This is no time. Please write it like 9:30."))
        return time(int(found[1]), int(found[2] or 0)).isoformat()

    def write(self, value: Any, lookups: Lookups) -> Any:
        return value[:5] if value else ""


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
class WeekdaysColumn(ChoicesColumn):
    """Weekdays, "Mo, Mi" or "Montag"; 0 is Monday."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        known = {fold(str(WEEKDAYS[day])): day for day in range(7)}
        known |= {fold(str(WEEKDAYS_ABBR[day])): day for day in range(7)}
        known |= {day: n for n, day in enumerate("mo di mi do fr sa so".split())}
        found = []
        for part in FINE.split(text_of(cell)):
            if not part.strip():
                continue
            name = fold(part)
            if name not in known:
                raise ValidationError(
                    _(
                        "“%(word)s” is no weekday. Please write Mo, Di, Mi, Do, Fr, Sa "
                        "or So."
                    )
                    % {"word": part.strip()[:30]}
                )
            found.append(known[name])
        return sorted(set(found))

    def write(self, value: Any, lookups: Lookups) -> Any:
        names = "Mo Di Mi Do Fr Sa So".split()
        return ", ".join(names[day] for day in value or ())


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
    wanted = fold(text)
    for code, label in choices:
        if wanted in {fold(str(code)), fold(str(label))} and (wanted or code == text):
            return code
    names = ", ".join(str(label) for code, label in choices if code != "")
    raise ValidationError(
        _("“%(word)s” is not known here. Possible are: %(names)s.")
        % {"word": text[:40], "names": names[:300]}
    )


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
    text = str(cell).strip()
    return forms.CharField(required=False).clean(text)


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
