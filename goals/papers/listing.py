"""The list of council papers: what a page of it shows, from its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.in_words import goals_step
from goals.models import Consultation, CouncilPaper
from goals.papers.search import KIND
from goals.querysets import PaperQuerySet
from herne_bildung.city import search
from herne_bildung.lib import analyser
from herne_bildung.lib.addresses import page_address, pairs, unknown_names
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.dates import known_day_in_words
from herne_bildung.lib.filtering import TextField, name_strange_choices, strange_choice
from herne_bildung.lib.localized import german, isolated, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.result_page import counted

PER_PAGE = 20
PARAMETERS = ("q", "year", "committee", "page")
Card = dict[str, Any]
Choices = list[tuple[str, str]]


class PaperForm(forms.Form):
    """The filters; a choice nobody knows is an error, and the others still work."""

    q = TextField(label=gettext_lazy("Search"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    committee = forms.ChoiceField(label=gettext_lazy("Committee"), required=False)

    def __init__(self, data: QueryDict, *, years: Choices, committees: Choices):
        super().__init__(data)
        everything = [("", _("all"))]
        self.fields["year"].choices = everything + years
        self.fields["committee"].choices = everything + committees
        for name in ("year", "committee"):
            name_strange_choices(self.fields[name], [data.get(name, "")])


@dataclass(frozen=True, slots=True)
class PaperList:
    """One page of the list; `meant` is as in `city.search.Hits`."""

    form: PaperForm
    cards: list[Card]
    total: int
    pager: dict[str, Any]
    path: str
    text: str
    meant: str
    is_page_known: bool
    address_errors: list[str]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up."""
        return [goals_step()]

    @property
    def count_text(self) -> str:
        """The number of papers as one sentence."""
        text = ngettext(
            "%(number)s council paper", "%(number)s council papers", self.total
        )
        return counted(text, self.total)

    @property
    def has_fallback(self) -> bool:
        """Whether a card shows German to readers of another language."""
        return any(card["title"]["lang"] or card["summary"].lang for card in self.cards)

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [{"label": _("Show all council papers"), "url": self.path}]


def paper_list(data: QueryDict, path: str, language: str) -> PaperList:
    """The papers for an address."""
    published = CouncilPaper.objects.published()
    form = PaperForm(data, years=_years(published), committees=_committees(published))
    form.is_valid()
    wanted = form.cleaned_data
    rows = published
    if year := wanted.get("year"):
        rows = rows.filter(year=int(year))
    if committee := wanted.get("committee"):
        of_committee = Consultation.objects.present().filter(committee=committee)
        rows = rows.filter(pk__in=of_committee.values("paper"))
    text, meant, ids = wanted.get("q", ""), "", None
    if text:
        hits = search.find(KIND, text, language)
        meant = hits.meant
        fitting = set(rows.filter(pk__in=hits.ids).values_list("pk", flat=True))
        ids = [pk for pk in hits.ids if pk in fitting]
    total = rows.count() if ids is None else len(ids)
    number, is_known = page_number(data.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    end = paging.offset + PER_PAGE
    if ids is None:
        ids = list(rows.values_list("pk", flat=True)[paging.offset : end])
    else:
        ids = ids[paging.offset : end]
    parameters = pairs(data, names=PARAMETERS)
    strange = unknown_names(data, names=PARAMETERS)

    return PaperList(
        form=form,
        cards=paper_cards(ids, meant or text, language),
        total=total,
        pager=pager(paging, lambda page: page_address(path, parameters, page)),
        path=path,
        text=text,
        meant=meant if total else "",
        is_page_known=is_known,
        address_errors=[strange_choice(strange)] if strange else [],
    )


def _years(papers: PaperQuerySet) -> Choices:
    years = papers.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


def _committees(papers: PaperQuerySet) -> Choices:
    present = Consultation.objects.present().filter(paper__in=papers)
    names = present.order_by("committee").values_list("committee", flat=True)
    return [(name, name) for name in names.distinct()]


def paper_cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Cards of these papers in their order, for the list and the site search."""
    present = Consultation.objects.present()
    papers = CouncilPaper.objects.published().in_bulk(list(ids))
    committees: dict[int, dict[str, None]] = {}
    for paper, name in present.filter(paper__in=papers).values_list(
        "paper", "committee"
    ):
        committees.setdefault(paper, {})[name] = None
    groups = analyser.query_groups(words, language) if words else ()
    return [
        card(papers[pk], committees.get(pk, ()), language, groups)
        for pk in ids
        if pk in papers
    ]


def card(
    paper: CouncilPaper, committees: Iterable[str], language: str, groups: Sequence
) -> Card:
    """A paper as `components/offer_list.html` shows it."""
    reference = isolated(paper.reference, language)
    return {
        "url": reverse("paper", args=[paper.slug]),
        "title": card_title(
            localized_entry(paper, "title", language), groups, language
        ),
        "topics": _("Council paper %(reference)s") % {"reference": reference},
        "summary": localized_entry(paper, "summary", language),
        "next_date": known_day_in_words(paper.dated, language),
        "provider": german(", ".join(committees), language),
        "is_sample": paper.is_sample,
    }
