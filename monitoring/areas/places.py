"""Schools, counselling offices and family centres of a district."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from counselling.models import CounsellingOffice
from herne_bildung.city.models import Organisation, School
from herne_bildung.lib.addresses import address
from herne_bildung.lib.localized import Text, german, isolated, localized_entry
from monitoring.areas.hierarchy import Part

# The lists of schools and offices have all.
MOST = 60


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school; empty texts are not known. `pupils` are rounded to 5."""

    name: Text
    url: str
    form: str
    pupils: str
    social_index: str
    is_probable: bool
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools of a district with the years of their figures, and their sources."""

    rows: list[SchoolRow]
    total: int
    url: str
    pupils_years: str
    index_years: str
    sources: list[tuple[str, str]]

    @property
    def remark(self) -> str:
        """Said where districts of schools are guessed."""
        if not any(row.is_probable for row in self.rows):
            return ""
        return _(
            "The districts of schools are guessed from placeholder borders, so these "
            "schools lie here probably."
        )

    @property
    def head(self) -> list[str]:
        """Of their table, with the school years of the figures."""
        pupils, index = _("Pupils, rounded to 5"), _("Social index, 1 to 9")
        return [
            _("School"),
            _("School form"),
            _with(pupils, self.pupils_years),
            _with(index, self.index_years),
        ]

    @property
    def note(self) -> str:
        return _(
            "Social index: 1 means few, 9 means many pupils in difficult "
            "circumstances. It says nothing about how good a school is."
        )


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office in the district, or one that is responsible for it."""

    name: Text
    url: str
    why: str
    is_sample: bool

    @property
    def said(self) -> str:
        """What stands beside its name."""
        return f"{self.why}, {_('Sample')}" if self.is_sample else self.why


@dataclass(frozen=True, slots=True)
class Offices:
    """Counselling: offices of the district, and how many are for all; of the others no
    place is known.
    """

    rows: list[OfficeRow]
    everywhere: int
    unknown: int
    url: str

    @property
    def said(self) -> list[str]:
        """Of those that are not named."""
        everywhere = _("Offices for the whole city: %(number)s.")
        unknown = _("Offices whose place and area are not known: %(number)s.")
        parts = [(everywhere, self.everywhere), (unknown, self.unknown)]
        return [text % {"number": number} for text, number in parts if number]


def schools_of(part: Part, language: str) -> Schools:
    """Schools whose place lies in the district; one query."""
    found = list(
        School.objects.filter(vanished_on=None)
        .filter(place__district__in=part.district_ids)
        .select_related("place")
    )
    is_city = not part.above
    rows = [
        SchoolRow(
            name=german(one.name, language),
            url=reverse("school", args=[one.slug]),
            form=str(one.get_form_display()),
            pupils=_number(one.pupils, language),
            social_index=_number(one.social_index, language),
            is_probable=one.place.is_district_guessed and not is_city,
            is_sample=one.is_sample,
        )
        for one in found[:MOST]
    ]
    key = [] if is_city else [("district", part.area.district.key)]
    return Schools(
        rows,
        len(found),
        address(reverse("schools"), key),
        _years([one.pupils_year for one in found if one.pupils is not None]),
        _years([one.social_index_year for one in found if one.social_index]),
        list(dict.fromkeys((one.source_title, one.licence) for one in found)),
    )


def offices_of(part: Part, language: str) -> Offices:
    """Published offices; two queries."""
    ids = set(part.district_ids)
    around = ids | {one.area.district_id for one in part.above}
    rows, everywhere, unknown = [], 0, 0
    offices = CounsellingOffice.objects.published().select_related("place")
    for office in offices.prefetch_related("districts").order_by("sort_key", "pk"):
        responsible = {district.pk for district in office.districts.all()}
        place = office.place.district_id if office.place else None
        if place in ids:
            is_guessed = office.place.is_district_guessed and bool(part.above)
            why = _("probably here") if is_guessed else _("here")
        elif responsible & around and not office.is_citywide:
            why = _("responsible for this area")
        elif office.is_citywide:
            everywhere += 1
            continue
        else:
            unknown += not responsible and place is None
            continue
        name = localized_entry(office, "name", language)
        url = reverse("office", args=[office.slug])
        rows.append(OfficeRow(name, url, why, office.is_sample))
    key = [("district", part.area.district.key)] if part.above else []
    url = address(reverse("offices"), key)
    return Offices(rows[:MOST], everywhere, unknown, url)


def family_centres_of(part: Part, language: str) -> list[dict[str, Any]]:
    """Family centres of which a place in the district is known; one query."""
    kind = Organisation.Kind.FAMILY_CENTRE
    there = Q(places__district__in=part.district_ids)
    centres = Organisation.objects.listed().filter(there, kind=kind).distinct()
    return [
        {
            "name": localized_entry(one, "name", language),
            "url": reverse("provider", args=[one.slug]),
            "is_sample": one.is_sample,
        }
        for one in centres.order_by("sort_key", "pk")[:MOST]
    ]


def _number(value: int | None, language: str) -> str:
    if value is None:
        return ""
    return isolated(number_format(value, force_grouping=True), language)


def _years(years: list[str]) -> str:
    return ", ".join(sorted(set(filter(None, years))))


def _with(words: str, years: str) -> str:
    return f"{words} ({years})" if years else words
