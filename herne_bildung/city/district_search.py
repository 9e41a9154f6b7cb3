"""Words of a list in which districts can be named: "schwimmkurs wanne"."""

from array import array
from typing import Any

from pyroaring import BitMap

from herne_bildung.city.district_words import NamedDistricts, named_districts
from herne_bildung.city.reference import Districts
from herne_bildung.city.search import Hits
from herne_bildung.lib.filtering import EMPTY


class NamesDistricts:
    """For an IndexFilterSet with a DistrictFilter "district": its words find entries
    with all of them, and, where one names a district, those there with the others.

    The set has `districts` and answers `find_both(text, rest, language)` as
    `city.search` does for its kind; `named` says what was named, `added` what that
    brought besides.
    """

    named = NamedDistricts()
    added: BitMap = EMPTY
    districts: Districts

    def find_both(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        raise NotImplementedError

    def find_words(self, text: str, language: str) -> None:
        """Entries with all words; and where one of them names a district, those there
        with the other words, or all where there are no others.
        """
        self.named = named_districts(text, self.districts, language)
        whole, rest = self.find_both(text, self.named.rest, language)
        self.hits: Any = whole
        if not self.named.keys:
            self.restrict("q", whole.id_set)
            return
        there = self.filters["district"].narrow(self.index, list(self.named.keys))
        sure, unknown = there.sure, there.unknown
        if self.named.rest:
            sure, unknown = sure & rest.id_set, unknown & rest.id_set
            more = (pk for pk in rest.ids if pk not in whole.id_set)
            self.hits = Hits(array("I", [*whole.ids, *more]), rest.meant)
        else:
            # The name of a place alone is neither mistyped nor a question whose
            # answer may be missing.
            whole = self.hits = Hits(()) if whole.is_fuzzy else whole
            unknown = EMPTY
        self.added = sure - whole.id_set
        self.restrict("q", sure | whole.id_set, unknown - whole.id_set)
