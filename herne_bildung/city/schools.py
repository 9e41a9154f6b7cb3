"""The list of schools: what a page of it shows, from its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.filters import SchoolFilter
from herne_bildung.city.school_page import district_in_words, german
from herne_bildung.lib import analyser
from herne_bildung.lib.addresses import Pairs, address, pairs, replaced, without
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 20
PARAMETERS = ("q", "form", "district", "page")


@dataclass(slots=True)
class Results:
    """One page of the list. `maybe` are schools whose district is not sure."""

    filters: SchoolFilter
    path: str
    parameters: Pairs
    paging: Paging
    is_page_known: bool
    sure: list[dict[str, Any]]
    maybe: list[dict[str, Any]]
    sure_count: int
    maybe_count: int

    @property
    def total(self) -> int:
        return self.sure_count + self.maybe_count

    @property
    def text(self) -> str:
        return self.filters.values.get("q", "")

    @property
    def is_fuzzy(self) -> bool:
        """True when only words of similar spelling were found."""
        return bool(self.filters.hits and self.filters.hits.is_fuzzy and self.total)

    @property
    def count_text(self) -> str:
        """The number of schools as one sentence."""
        text = ngettext("%(number)s school", "%(number)s schools", self.total)
        text %= {"number": number_format(self.total)}
        if not self.maybe_count:
            return text
        probable = ngettext(
            "%(number)s of them probably",
            "%(number)s of them probably",
            self.maybe_count,
        ) % {"number": number_format(self.maybe_count)}
        return f"{text}, {probable}"

    @property
    def panel(self) -> list[dict[str, Any]]:
        """The filters with how many schools each choice would leave, probable ones
        included.
        """
        return [self._group("form"), self._group("district")]

    @property
    def chips(self) -> list[dict[str, str]]:
        """Active filters, each with the address without it."""
        base = without(self.parameters, "page")
        found = []
        if self.text:
            found.append((f"„{self.text}“", without(base, "q")))
        for name in ("form", "district"):
            labels = {value: label for value, label, _ in self.filters.choices(name)}
            for value in self.filters.values.get(name, ()):
                others = self._without(base, name, value)
                found.append((labels[value], others))
        return [
            {"label": label, "url": address(self.path, rest)} for label, rest in found
        ]

    @property
    def pager(self) -> dict[str, Any]:
        return pager(self.paging, self.page_link)

    @property
    def clear_link(self) -> str:
        return self.path

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [{"label": _("Show all schools"), "url": self.path}]

    def page_link(self, number: int) -> str:
        page = str(number) if number > 1 else ""
        return address(self.path, replaced(self.parameters, "page", page))

    def _without(self, base: Pairs, name: str, value: str) -> Pairs:
        """The parameters less one value, also where a former key was given."""
        if name != "district":
            return without(base, name, value)
        resolve = self.filters.districts.resolve
        return [pair for pair in base if (pair[0], resolve(pair[1])) != (name, value)]

    def _group(self, name: str) -> dict[str, Any]:
        offered = self.filters.choices(name)
        counts = self.filters.counts(name, [value for value, *_ in offered])
        chosen = set(self.filters.values.get(name, ()))
        return {
            "name": name,
            "label": self.filters.filters[name].label,
            "kind": "checkbox",
            "open": True,
            "chosen": len(chosen),
            "errors": self.filters.errors_by_field.get(name, ()),
            "choices": [
                {
                    "value": value,
                    "label": label,
                    "depth": depth,
                    "count": sum(counts[value]),
                    "checked": value in chosen,
                }
                for value, label, depth in offered
            ],
        }


def results(data: QueryDict, path: str, language: str) -> Results:
    """The schools for an address."""
    filters = SchoolFilter(data, language=language)
    sure, maybe = filters.selection()
    number, is_known = page_number(data.get("page"), len(sure) + len(maybe), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(sure) + len(maybe))
    sure_ids = filters.page(sure, paging.offset, PER_PAGE)
    maybe_ids = filters.page(
        maybe, max(0, paging.offset - len(sure)), PER_PAGE - len(sure_ids)
    )
    groups = analyser.query_groups(filters.values.get("q", ""), language)
    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        paging=paging,
        is_page_known=is_known,
        sure=[card(filters, pk, language, groups) for pk in sure_ids],
        maybe=[card(filters, pk, language, groups) for pk in maybe_ids],
        sure_count=len(sure),
        maybe_count=len(maybe),
    )


def card(
    filters: SchoolFilter, pk: int, language: str, groups: Sequence
) -> dict[str, Any]:
    """A school as `components/offer_list.html` shows it."""
    school = filters.schools[pk]
    node = filters.districts.by_pk.get(school.place.district_id)
    name = german(school.name, language)
    segments = [
        {"text": text, "hit": is_hit}
        for text, is_hit in analyser.highlight(school.name, groups, "de")
    ]
    return {
        "url": reverse("school", args=[school.slug]),
        "title": {
            "text": name.text,
            "lang": name.lang,
            "dir": name.dir,
            "segments": segments if groups else None,
        },
        "topics": school.get_form_display(),
        "summary": german(school.place.address, language),
        "district_names": district_in_words(school.place, node.name if node else ""),
        "is_sample": school.is_sample,
    }
