"""What can go stale: every app declares its kinds of entries here.

An app makes a model maintainable with one class in its module `care`:

    class OfferingKind(Kind):
        name, model, label = "offering", Offering, _("offer")
        groups = (FactGroup("times", _("dates and times"), 3, 6), …)
        …

    register(OfferingKind())

Everything else (reminders, confirm page, call list, reports, figures) follows.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.localized import Text

Label = str | Promise


@dataclass(frozen=True)
class FactGroup:
    """Facts that go stale equally fast: confirmed every `months`, which an
    organisation or an entry may change to 1 … `most_months`.
    """

    name: str
    label: Label
    months: int
    most_months: int


@dataclass(frozen=True)
class Fact:
    """One fact as the portal says it now; without lines it is not known."""

    label: str
    lines: tuple[Text, ...]


class Kind(ABC):
    """One kind of entry. Methods get entries that `entries` gave, with all that they
    need at hand, so that many can be read in few queries.
    """

    name: str
    model: type[Model]
    label: Label
    groups: tuple[FactGroup, ...]
    # Whether people are asked to confirm its entries; see ReportedKind.
    is_confirmed: bool = True
    # Whether the engine itself takes off the site in the end what nobody confirms.
    is_hidden_at_last: bool = True
    # What its people say when there is nothing left to ask, and what follows then.
    end_label: Label = _("Does not exist any more")
    end_note: Label = _(
        "Then it is no longer shown in the portal, and we ask nobody any more. Nothing "
        "is deleted; you can undo it here or from the mail you get now."
    )
    # Fields of the model that hold web addresses, for the link checker.
    link_fields: tuple[str, ...] = ()
    # A form of the facts, for "correct this", and those of its fields that are public
    # at once, whoever of its people says them.
    correction_form: type[ModelForm]
    at_once: frozenset[str] = frozenset()

    @abstractmethod
    def entries(self) -> QuerySet:
        """All entries to look after, with related rows prefetched; no samples but
        a demo's (`organisations.looked_after`). The model has `updated_at`, which
        moves with every change.
        """

    @abstractmethod
    def organisation_id(self, entry: Any) -> int | None:
        """Who is responsible."""

    @abstractmethod
    def is_public(self, entry: Any) -> bool:
        """Whether readers see it (hidden and ended ones are not public)."""

    def is_shown(self, entry: Any) -> bool:
        """Whether its page is shown; some kinds keep the page of what is over."""
        return self.is_public(entry)

    @abstractmethod
    def title(self, entry: Any, language: str) -> Text:
        """How it is called."""

    @abstractmethod
    def facts(self, entry: Any, language: str) -> Mapping[str, list[Fact]]:
        """What the portal says now, by group, in the active language."""

    @abstractmethod
    def values(self, entry: Any) -> Mapping[str, Any]:
        """The same facts for machines, by group: what makes it due again when it is
        changed. Groups without any fact are left out; translations do not count.
        """

    @abstractmethod
    def dimensions(self, entry: Any) -> Mapping[str, list[str]]:
        """By what figures can be split: {"district": [keys], "topic": [keys]}."""

    def dimension_names(self, dimension: str, language: str) -> Mapping[str, str]:
        """Names of the keys of a dimension that only this kind's app knows (topics;
        districts and organisations are known), in the order they are shown.
        """
        return {}

    def days(self, entry: Any) -> Mapping[str, date]:
        """Days of its own on which groups are due, as the day a step is promised for:
        not before, and after that by their interval.
        """
        return {}

    def first_address(self, entry: Any) -> str:
        """Mail address of whom to ask first; one of the contacts of its organisation,
        else nothing comes of it. Empty: whichever contact fits best.
        """
        return ""

    @abstractmethod
    def page_path(self, entry: Any) -> str:
        """The address of its public page in the active language."""

    @abstractmethod
    def admin_path(self, entry: Any) -> str:
        """Where staff and its organisation change it."""

    @abstractmethod
    def phone(self, entry: Any) -> str:
        """Whom to call; empty where no number is known."""

    def to_ask(self, entry: Any) -> Sequence[Any]:
        """What may say how to ask (`phone`, `email`, `website`), the best first."""
        return (entry,)

    @abstractmethod
    def hide(self, entry: Any) -> None:
        """Take it off the site; it can be shown again."""

    @abstractmethod
    def show(self, entry: Any) -> None:
        """Put a hidden or ended entry on the site again."""

    @abstractmethod
    def end(self, entry: Any) -> None:
        """It has really ended."""

    def after_confirmation(self, confirmed: Mapping[int, Collection[str]]) -> None:
        """Called after groups of entries, by id, were confirmed, for facts that are of
        the day they were said on. It changes nothing that is confirmed.
        """
        return

    @abstractmethod
    def after_correction(self, entry: Any) -> None:
        """Called after a correction was saved, to make what hangs on it anew."""

    def group(self, name: str) -> FactGroup:
        """The group of this name; KeyError for an unknown one."""
        return {group.name: group for group in self.groups}[name]

    def fingerprints(self, entry: Any) -> dict[str, str]:
        """A mark of the present facts, by group."""
        return {group: mark(values) for group, values in self.values(entry).items()}

    def get(self, pk: int) -> Any | None:
        """One entry with all that is needed; None when there is none any more."""
        return self.entries().filter(pk=pk).first()

    def get_many(self, pks: Iterable[int]) -> dict[int, Any]:
        """These entries by id."""
        return {entry.pk: entry for entry in self.entries().filter(pk__in=list(pks))}


class NotConfirmed(Exception):
    """Entries of this kind are neither confirmed nor taken off the site by people."""


class ReportedKind(Kind):
    """Entries that an official list vouches for, with its own date. Readers report what
    is wrong with them and their links are checked; nobody is asked to confirm them,
    nothing counts them, and only the list takes them off the site.
    """

    is_confirmed = False
    groups = ()

    def organisation_id(self, entry: Any) -> None:
        """Nobody: the office gets the reports."""
        return

    def facts(self, entry: Any, language: str) -> Mapping[str, list[Fact]]:
        return {}

    def values(self, entry: Any) -> Mapping[str, Any]:
        return {}

    def dimensions(self, entry: Any) -> Mapping[str, list[str]]:
        return {}

    def phone(self, entry: Any) -> str:
        return ""

    def hide(self, entry: Any) -> None:
        raise NotConfirmed(self.name)

    def show(self, entry: Any) -> None:
        raise NotConfirmed(self.name)

    def end(self, entry: Any) -> None:
        raise NotConfirmed(self.name)

    def after_correction(self, entry: Any) -> None:
        raise NotConfirmed(self.name)


def mark(values: Any) -> str:
    """A short mark of values that JSON can write; the same for equal values."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


_registered: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; its name is for ever."""
    _registered[kind.name] = kind


@cache
def _discover() -> None:
    autodiscover_modules("care")


def kinds() -> Mapping[str, Kind]:
    """All kinds by name, from the modules `care` of all apps."""
    _discover()
    return _registered


def only_reported() -> list[str]:
    """Names of the kinds that nobody confirms."""
    return [name for name, kind in kinds().items() if not kind.is_confirmed]


def objects_of(rows: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """The entries of these MaintainedEntry rows by kind and id, a few queries for each
    kind; those that are gone are missing.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.kind].add(row.object_id)
    return {
        (name, pk): found
        for name, pks in wanted.items()
        if name in kinds()
        for pk, found in kinds()[name].get_many(pks).items()
    }


def kind_of(entry: Any) -> Kind:
    """The kind of a MaintainedEntry; KeyError for one that no app declares."""
    return kinds()[entry.kind]
