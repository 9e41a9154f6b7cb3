"""The list of schools: what a page of it shows, from its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.filters import SchoolFilter
from herne_bildung.city.school_page import district_in_words
from herne_bildung.lib import analyser
from herne_bildung.lib.addresses import pairs
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import german
from herne_bildung.lib.result_page import ResultPage, counted, selected

PER_PAGE = 20
PARAMETERS = ("q", "form", "district", "page")


@dataclass(slots=True)
class Results(ResultPage):
    """One page of the list. `maybe` are schools whose district is not sure."""

    names: ClassVar[Sequence[str]] = PARAMETERS
    groups: ClassVar[Sequence[str]] = ("form", "district")
    open_groups: ClassVar[Sequence[str]] = groups
    counts_maybe: ClassVar[bool] = True

    def choices(self, name: str) -> Sequence[Choice]:
        return self.filters.choices(name, self.language)

    def in_words(self, name: str, value: Any) -> str:
        """Forms and districts speak for themselves."""
        return str(value)

    @property
    def count_text(self) -> str:
        """The number of schools as one sentence."""
        text = ngettext("%(number)s school", "%(number)s schools", self.total)
        if not self.maybe_count:
            return counted(text, self.total)
        probable = ngettext(
            "%(number)s of them probably",
            "%(number)s of them probably",
            self.maybe_count,
        )
        return listed([counted(text, self.total), counted(probable, self.maybe_count)])

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [*self.word_ways, {"label": _("Show all schools"), "url": self.path}]


def results(data: QueryDict, path: str, language: str) -> Results:
    """The schools for an address."""
    filters = SchoolFilter(data, language=language)
    found = selected(filters.selection(), data.get("page"), PER_PAGE, filters.page)
    groups = analyser.query_groups(filters.words_found, language)
    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        language=language,
        selected=found,
        sure=[card(filters, pk, language, groups) for pk in found.sure],
        maybe=[card(filters, pk, language, groups) for pk in found.maybe],
    )


def card(
    filters: SchoolFilter, pk: int, language: str, groups: Sequence
) -> dict[str, Any]:
    """A school as `components/offer_list.html` shows it."""
    school = filters.schools[pk]
    node = filters.districts.by_pk.get(school.place.district_id)
    name = german(school.name, language)
    return {
        "url": reverse("school", args=[school.slug]),
        "title": card_title(name, groups, language),
        "topics": school.get_form_display(),
        "summary": german(school.place.address, language),
        "district_names": district_in_words(school.place, node.name if node else ""),
        "is_sample": school.is_sample,
    }
