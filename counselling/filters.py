"""The filters of the directory; the list, the finder and exports use these."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from counselling.actions import KIND
from counselling.choices import Audience
from counselling.models import Concern, CounsellingOffice
from counselling.openings import Opening, calendar, opening_of
from herne_bildung.city import search
from herne_bildung.city.district_search import NamesDistricts
from herne_bildung.city.filters import (
    EVERYWHERE,
    DistrictFilter,
    district_choices,
    district_facts,
)
from herne_bildung.city.reference import Districts, districts
from herne_bildung.city.search import Hits
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.either import either
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.filtering import CodesFilter, IndexFilterSet, SearchText
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.localized import localized_entry

YES = {"yes": _("yes")}
# Of facts that are not asked for the office says nothing: these hold for everyone.
INCLUDES = {
    Audience.EVERYONE: tuple(Audience.values),
    Audience.ADULTS: (Audience.WOMEN, Audience.MEN, Audience.SENIORS),
    Audience.NEWCOMERS: (Audience.PUPILS_NEW, Audience.AFTER_SCHOOL),
}


class OfficeFilter(NamesDistricts, IndexFilterSet):
    """All filters of the list. Few offices: they are read anew for each page."""

    q = SearchText(label=_("Search"))
    concern = CodesFilter(
        "concern",
        known=lambda: set(Concern.objects.values_list("key", flat=True)),
        label=_("Concern"),
    )
    district = DistrictFilter("district", label=_("District"))
    language = CodesFilter(
        "language", known=lambda: SpokenLanguage.values, label=_("Language")
    )
    target_group = CodesFilter(
        "target_group", known=lambda: Audience.values, label=_("For whom")
    )
    open_now = CodesFilter("open_now", known=lambda: YES, label=_("Open now"))
    accessible = CodesFilter("accessible", known=lambda: YES, label=_("Accessible"))
    anonymous = CodesFilter("anonymous", known=lambda: YES, label=_("Anonymous"))

    class Meta:
        model = CounsellingOffice
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, language: str):
        self.districts = districts()
        self.language_code = language
        present = CounsellingOffice.objects.published().for_pages().order_by()
        by_name = sorted(
            present, key=lambda office: (office.is_sample, office.sort_key, office.pk)
        )
        self.offices = {office.pk: office for office in by_name}
        is_holiday = calendar()
        self.openings: Mapping[int, Opening] = {
            pk: opening_of(office, is_holiday, language)
            for pk, office in self.offices.items()
        }
        index = BitmapIndex()
        for pk, office in self.offices.items():
            index.put(pk, facts_of(office, self.openings[pk], self.districts))
        index.set_order("name", self.offices)
        super().__init__(data, index=index, candidates=index.entries)
        if text := self.values.get("q"):
            self.find_words(text, language)

    def find_both(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        return search.find_both(KIND, text, rest, language)

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: best match first for words, then those that only lie in a
        district named; else by name.
        """
        if self.hits:
            found = [pk for pk in self.hits.ids if pk in selection]
            others = selection - self.hits.id_set
            found += self.index.ordered(others, "name", 0, len(others))
            return found[offset : offset + limit]
        return self.index.ordered(selection, "name", offset, limit)

    @cached_property
    def concerns(self) -> list[Concern]:
        """Those some office helps with, in their order, and those asked for."""
        found = {
            link.concern.pk: link.concern
            for office in self.offices.values()
            for link in office.concern_links.all()
        }
        chosen = set(self.values.get("concern", ()))
        if chosen - {concern.key for concern in found.values()}:
            more = Concern.objects.filter(key__in=chosen)
            found |= {concern.pk: concern for concern in more}
        return sorted(found.values(), key=lambda one: (one.order, one.key))

    def choices(self, name: str) -> Sequence[Choice]:
        """The choices of a filter in the active language: those there are, and those
        asked for.
        """
        language = self.language_code
        if name == "district":
            return district_choices(language, self.districts)
        if name == "concern":
            return [
                (one.key, localized_entry(one, "name", language).text, 0)
                for one in self.concerns
            ]
        present = {*self.index.values[name], *self.values.get(name, ())}
        if name == "language":
            known = SpokenLanguage.values
            return [
                (code, language_name(code, language), 0)
                for code in known
                if code in present
            ]
        if name == "target_group":
            return [
                (code, str(label), 0)
                for code, label in Audience.choices
                if code in present
            ]
        return [(code, str(label), 0) for code, label in YES.items()]

    @property
    def next_change(self) -> list[Any]:
        """When an office opens or closes: until then the page holds."""
        return [opening.changes for opening in self.openings.values()]


def facts_of(
    office: CounsellingOffice, opening: Opening, known: Districts
) -> dict[str, Any]:
    """The facts of one office for the bitmaps; empty ones are not known."""
    values = {
        "concern": [link.concern.key for link in office.concern_links.all()],
        "district": sorted(_districts(office, known)),
        "language": list(office.languages),
        "target_group": sorted(_audiences(office)),
        "open_now": either(opening.is_open, "yes", "no"),
        "accessible": either(office.is_accessible_there, "yes", "no"),
        "anonymous": either(office.is_anonymous, "yes", "no"),
    }
    unknown = [
        name for name, found in values.items() if not found and name != "concern"
    ]
    if not any(not key.startswith("?") for key in values["district"]):
        unknown.append("district")
    return {
        "values": {name: found for name, found in values.items() if found},
        "unknown": sorted(set(unknown)),
    }


def _audiences(office: CounsellingOffice) -> set[str]:
    found = set(office.audiences)
    for code in office.audiences:
        found.update(INCLUDES.get(code, ()))
    return found


def _districts(office: CounsellingOffice, known: Districts) -> set[str]:
    """Where it is responsible; where that is not said, where it is."""
    if office.is_citywide:
        return {EVERYWHERE}
    if responsible := office.districts.all():
        nodes = [known.by_pk[district.pk] for district in responsible]
        return {key for node in nodes for key in (node.key, *node.above, *node.below)}
    node = known.by_pk.get(office.place.district_id) if office.place else None
    if node is None:
        return set()
    return district_facts(node, is_guessed=office.place.is_district_guessed)
