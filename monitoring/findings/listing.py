"""The list of findings: what a page of it shows, from its address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.reference import districts
from herne_bildung.lib.addresses import page_address, pairs, unknown_names
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.filtering import name_strange_choices, strange_choice
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.result_page import counted
from monitoring.choices import FigureUse
from monitoring.findings.figures import shown_figure
from monitoring.findings.linked import of_districts
from monitoring.findings.stages import Stage, stage_badge, with_stage
from monitoring.in_words import monitoring_step
from monitoring.models import Figure, Finding, Theme

PER_PAGE = 20
FILTERS = ("theme", "district", "status")
PARAMETERS = (*FILTERS, "page")
Choices = list[tuple[str, str]]


class FindingForm(forms.Form):
    """The filters; a choice nobody knows is an error, and the others still work."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)

    def __init__(self, data: QueryDict, *, choices: dict[str, Choices]):
        super().__init__(data)
        for name in FILTERS:
            self.fields[name].choices = [("", _("all")), *choices[name]]
            name_strange_choices(self.fields[name], [data.get(name, "")])


@dataclass(frozen=True, slots=True)
class FindingList:
    """One page of the list, as `monitoring/findings/list.html` shows it."""

    form: FindingForm
    cards: list[dict[str, Any]]
    total: int
    pager: dict[str, Any]
    path: str
    is_narrowed: bool
    is_page_known: bool
    address_errors: list[str]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [monitoring_step()]

    @property
    def count_text(self) -> str:
        """The number of findings as one sentence."""
        text = ngettext("%(number)s finding", "%(number)s findings", self.total)
        return counted(text, self.total)

    @property
    def has_fallback(self) -> bool:
        """Whether a card shows German to readers of another language."""
        return any(text.is_fallback for card in self.cards for text in card["texts"])

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        if self.is_narrowed:
            return [{"label": _("Show all findings"), "url": self.path}]
        return [monitoring_step()]


def finding_list(data: QueryDict, path: str, language: str) -> FindingList:
    """The findings for an address."""
    known = districts()
    nodes = known.by_key
    form = FindingForm(
        data,
        choices={
            "theme": _themes(language),
            "district": [(key, known.label(node)) for key, node in nodes.items()],
            "status": [(stage.value, str(stage.label)) for stage in Stage],
        },
    )
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    rows = with_stage(Finding.objects.published())
    if theme := wanted.get("theme"):
        of_theme = Figure.objects.public().filter(release__indicator__theme__key=theme)
        rows = rows.filter(pk__in=of_theme.values("finding"))
    if district := wanted.get("district"):
        below = [nodes[key].pk for key in (district, *nodes[district].below)]
        rows = rows.filter(pk__in=of_districts(below).order_by().values("pk"))
    if stage := wanted.get("status"):
        rows = rows.filter(stage=stage)
    total = rows.count()
    number, is_known = page_number(data.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    basis = Figure.objects.public().filter(use=FigureUse.BASIS)
    shown = rows.prefetch_related(Prefetch("figures", basis))
    parameters = pairs(data, names=PARAMETERS)
    strange = unknown_names(data, names=PARAMETERS)

    end = paging.offset + PER_PAGE
    return FindingList(
        form=form,
        cards=[card(one, language) for one in shown[paging.offset : end]]
        if total
        else [],
        total=total,
        pager=pager(paging, lambda page: page_address(path, parameters, page)),
        path=path,
        is_narrowed=bool(wanted),
        is_page_known=is_known,
        address_errors=[strange_choice(strange)] if strange else [],
    )


def _themes(language: str) -> Choices:
    """Those of public findings."""
    found = Figure.objects.public().filter(finding__in=Finding.objects.published())
    themes = Theme.objects.filter(pk__in=found.values("release__indicator__theme"))
    return [(one.key, localized_entry(one, "name", language).text) for one in themes]


def card(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as `monitoring/findings/card.html` has it."""
    title = localized_entry(finding, "title", language)
    text = localized_entry(finding, "text", language)
    figures = [shown_figure(one, language) for one in finding.figures.all()[:2]]
    return {
        "url": reverse("finding", args=[finding.slug]),
        "title": title,
        "text": text,
        "texts": [title, text, *_texts(figures)],
        "day": day_in_words(finding.found_on, language),
        "badge": stage_badge(finding),
        "figures": figures,
        "is_sample": finding.is_sample,
    }


def _texts(figures: list[Any]) -> list[Text]:
    return [text for figure in figures for text in figure.texts]
