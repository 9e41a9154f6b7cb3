"""Filters over a BitmapIndex, declared with django-filter.

Every filter answers twice: which entries surely fit, and for which the fact is not
known. An unknown fact never removes an entry: it comes after those that surely fit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.lib.bitmap_index import BitmapIndex

EMPTY = BitMap()
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Narrowing:
    """What one filter leaves: ids that surely fit and ids nobody knows of."""

    sure: BitMap
    unknown: BitMap

    @cached_property
    def possible(self) -> BitMap:
        """All that it leaves; not to be changed."""
        return self.sure | self.unknown


def strange_choice(given: list[Any]) -> str:
    """That we do not know these, the first of them named."""
    names = ", ".join(map(str, given[:3]))[:80]
    return gettext("We do not know this choice: %(choice)s") % {"choice": names}


def name_strange_choices(field: forms.ChoiceField, given: list[Any]) -> None:
    """Let a field say which of its choices we do not know. Django fills values into its
    messages: a percent sign that somebody typed is none of its placeholders.
    """
    message = strange_choice(given).replace("%", "%%")
    field.error_messages["invalid_choice"] = message


class CodesField(forms.Field):
    """One or several codes of a closed list; unknown ones are an error."""

    widget = forms.SelectMultiple

    def __init__(
        self, *, known: Callable[[], Iterable[str]], resolve=None, **options: Any
    ):
        super().__init__(**options)
        self.known = known
        self.resolve = resolve

    def clean(self, value: Any) -> list[str]:
        codes = [code for code in value or () if code]
        if self.resolve:
            codes = [self.resolve(code) for code in codes]
        known = self.known()
        strange = [code for code in codes if code not in known]
        if strange:
            raise forms.ValidationError(strange_choice(strange))
        return list(dict.fromkeys(codes))


class AgeField(forms.Field):
    """An age in years as people write it ("3", "0,5"); becomes months."""

    OLDEST_YEARS = 120

    def clean(self, value: Any) -> int | None:
        text = (value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            years = float(text[:12])
        except ValueError:
            years = -1.0
        if not 0 <= years <= self.OLDEST_YEARS:
            raise forms.ValidationError(
                _("Please give the age in years, for example 3 or 0.5.")
            )
        return int(years * 12 + 0.5)

    def written(self, months: int) -> str:
        """The shortest years that mean these months: "3", "0.5", "0.08"."""
        shortest = (round(months / 12, digits) for digits in range(3))
        found = (years for years in shortest if int(years * 12 + 0.5) == months)
        return f"{next(found):g}"


def search_text(given: str | None) -> str:
    """What a person typed, on one line, without NUL and not too long."""
    return " ".join((given or "").replace("\0", " ").split())[:LONGEST_TEXT]


class TextField(forms.Field):
    """Words of a search, as they were typed."""

    def clean(self, value: Any) -> str:
        return search_text(value)


class SearchText(django_filters.Filter):
    """Words; found by a search elsewhere, not by the bitmaps (`restrict`)."""

    field_class = TextField


class IndexFilter(django_filters.Filter):
    """A filter that narrows a BitmapIndex by one facet."""

    def __init__(self, facet: str, **options: Any):
        self.facet = facet
        super().__init__(**options)

    def narrow(self, index: BitmapIndex, value: Any) -> Narrowing:
        raise NotImplementedError


class CodesFilter(IndexFilter):
    """Entries with at least one of the chosen codes."""

    field_class = CodesField

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        return Narrowing(index.having(self.facet, value), index.unknown[self.facet])

    def parts(self, index: BitmapIndex, code: str) -> tuple[BitMap, BitMap]:
        """The two bitmaps of one code, not copied: for counting only."""
        return index.values[self.facet].get(code, EMPTY), index.unknown[self.facet]


class AgeFilter(IndexFilter):
    """Entries whose range of months includes the age."""

    field_class = AgeField

    def narrow(self, index: BitmapIndex, value: int) -> Narrowing:
        return Narrowing(index.covering(self.facet, value), index.unknown[self.facet])


class IndexFilterSet(django_filters.FilterSet):
    """Filters of a result page over a BitmapIndex.

    Bad values leave an error (messages as text) at their field in `errors_by_field`,
    and the other filters work on; `values` has what was understood. `hits` is what a
    search found for the words, None where none were typed (`city.search.Hits`).
    """

    hits: Any = None

    @property
    def words_found(self) -> str:
        """The words that entries were found by: as typed, or as they were meant."""
        return (self.hits and self.hits.meant) or self.values.get("q", "")

    def __init__(self, data: Any, *, index: BitmapIndex, candidates: BitMap):
        # Not FilterSet.__init__, nor its form: both copy all filters and fields for
        # every request (1 ms), though neither hold anything of a request here.
        self.data = data
        self.filters: dict[str, django_filters.Filter] = self.base_filters
        self.index = index
        self.candidates = candidates
        self.values: dict[str, Any] = {}
        self.errors_by_field: dict[str, list[str]] = {}
        for name, declared in self.filters.items():
            self._clean(name, declared.field)
        self.narrowings = {
            name: self.filters[name].narrow(index, value)
            for name, value in self.values.items()
            if isinstance(self.filters[name], IndexFilter)
        }
        self._selections: dict[str, tuple[BitMap, BitMap]] = {}

    def _clean(self, name: str, field: forms.Field) -> None:
        """Take over the value of a field, or what is wrong with it."""
        given = field.widget.value_from_datadict(self.data, {}, name)
        if not given:
            return
        try:
            value = field.clean(given)
        except forms.ValidationError as error:
            self.errors_by_field[name] = error.messages
            return
        if value not in (None, "", []):
            self.values[name] = value

    def restrict(self, name: str, hits: BitMap, unknown: BitMap = EMPTY) -> None:
        """Narrow by something found elsewhere, such as the search text."""
        self.narrowings[name] = Narrowing(hits, unknown)
        self._selections.clear()

    def selection(self, without: str = "") -> tuple[BitMap, BitMap]:
        """Ids that surely fit, and ids that may fit, leaving one filter out.

        Not to be changed: they are remembered.
        """
        left_out = without if without in self.narrowings else ""
        if left_out not in self._selections:
            sure = possible = self.candidates
            for name, narrowing in self.narrowings.items():
                if name != left_out:
                    possible = possible & narrowing.possible
                    sure = sure & narrowing.sure
            self._selections[left_out] = sure, possible - sure
        return self._selections[left_out]

    def counts(self, name: str, codes: Iterable[str]) -> dict[str, tuple[int, int]]:
        """For each choice of a filter how many entries it would surely leave, and
        how many more may fit; choices made already stay made.
        """
        codes = tuple(codes)
        if self.narrowings:
            return self._counts(name, codes)
        # The page most asked for. Its entries are kept beside the numbers, so that no
        # others can get their id.
        _, counts = self.index.derived(
            ("counts", name, codes, id(self.candidates)),
            lambda: (self.candidates, self._counts(name, codes)),
        )
        return counts

    def _counts(self, name: str, codes: Iterable[str]) -> dict[str, tuple[int, int]]:
        sure, maybe = self.selection(without=name)
        if chosen := self.values.get(name):
            return self._counts_beside(name, chosen, codes)
        parts = self.filters[name].parts
        counts = {}
        unknown, unsure = None, 0
        for code in codes:
            ids, unknown_of_code = parts(self.index, code)
            if unknown_of_code is not unknown:
                unknown = unknown_of_code
                unsure = sure.intersection_cardinality(unknown)
                unsure += maybe.intersection_cardinality(unknown)
            more = maybe.intersection_cardinality(ids) if maybe else 0
            counts[code] = sure.intersection_cardinality(ids), unsure + more
        return counts

    def _counts_beside(
        self, name: str, chosen: list[str], codes: Iterable[str]
    ) -> dict[str, tuple[int, int]]:
        """The same where the filter has choices already, which add up."""
        sure, maybe = self.selection(without=name)
        possible = sure | maybe
        counts = {}
        for code in codes:
            narrowing = self.filters[name].narrow(self.index, [*chosen, code])
            fitting = sure.intersection_cardinality(narrowing.sure)
            may_fit = possible.intersection_cardinality(narrowing.possible)
            counts[code] = fitting, may_fit - fitting
        return counts
