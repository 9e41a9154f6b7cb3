"""The overview of the monitoring: themes with their indicators, found by words, theme
and level; what is new, what comes next, where the figures are from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city import search
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import page_address, pairs, unknown_names
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.filtering import TextField, name_strange_choices, strange_choice
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.result_page import counted
from monitoring.choices import Level, ReleaseState
from monitoring.in_words import (
    indicator_url,
    period_in_words,
    release_url,
    shown,
    unit_beside,
)
from monitoring.models import Indicator, Observation, Release, Theme
from monitoring.search import KIND

PER_PAGE = 60
# Of what is new, and of what comes next.
MOST_NEWS = 5
PARAMETERS = ("q", "theme", "level", "page")
Card = dict[str, Any]


class OverviewForm(forms.Form):
    """The filters; a choice nobody knows is an error, and the others still work."""

    q = TextField(label=gettext_lazy("Search"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Known for"), required=False)

    def __init__(self, data: QueryDict, *, themes: Sequence[Theme], language: str):
        super().__init__(data)
        everything = [("", _("all"))]
        names = [(one.key, localized_entry(one, "name", language)) for one in themes]
        self.fields["theme"].choices = everything + names
        self.fields["level"].choices = everything + list(Level.choices)
        for name in ("theme", "level"):
            name_strange_choices(self.fields[name], [data.get(name, "")])


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme with those of its indicators that are on this page of the list."""

    key: str
    name: Text
    about: Text
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Overview:
    """What `monitoring/overview.html` shows; `meant` as in `city.search.Hits`."""

    form: OverviewForm
    path: str
    text: str
    meant: str
    themes: list[ThemeShown]
    total: int
    is_filtered: bool
    pager: dict[str, Any]
    is_page_known: bool
    address_errors: list[str]
    new: list[dict[str, Any]]
    coming: list[dict[str, Any]]
    sources: list[dict[str, str]]

    @property
    def count_text(self) -> str:
        text = ngettext("%(number)s indicator", "%(number)s indicators", self.total)
        return counted(text, self.total)

    @property
    def has_fallback(self) -> bool:
        """Whether a card shows German to readers of another language."""
        cards = [card for theme in self.themes for card in theme.cards]
        return any(card["name"].is_fallback for card in cards)

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [{"label": _("Show all indicators"), "url": self.path}]


def overview(data: QueryDict, path: str, language: str) -> Overview:
    """The indicators for an address."""
    themes = list(Theme.objects.all())
    form = OverviewForm(data, themes=themes, language=language)
    form.is_valid()
    wanted = form.cleaned_data
    rows = Indicator.objects.published()
    if theme := wanted.get("theme"):
        rows = rows.filter(theme__key=theme)
    if level := wanted.get("level"):
        rows = rows.filter(levels__contains=[level])
    text, meant = wanted.get("q", ""), ""
    if text:
        hits = search.find(KIND, text, language)
        meant = hits.meant
        rows = rows.filter(pk__in=list(hits.ids))
    total = rows.count()
    number, is_known = page_number(data.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    in_order = rows.order_by("theme__order", "theme__key", "order", "slug")
    on_page = list(
        in_order.select_related("theme")[paging.offset : paging.offset + PER_PAGE]
    )
    strange = unknown_names(data, names=PARAMETERS)
    parameters = pairs(data, names=PARAMETERS)
    return Overview(
        form=form,
        path=path,
        text=text,
        meant=meant if total else "",
        themes=_by_theme(on_page, language),
        total=total,
        is_filtered=bool(text or theme or level),
        pager=pager(paging, lambda page: page_address(path, parameters, page)),
        is_page_known=is_known,
        address_errors=[strange_choice(strange)] if strange else [],
        new=newest(language),
        coming=coming(language),
        sources=sources(),
    )


def _by_theme(indicators: list[Indicator], language: str) -> list[ThemeShown]:
    values = latest_values(indicators)
    return [
        ThemeShown(
            theme.key,
            localized_entry(theme, "name", language),
            localized_entry(theme, "about", language),
            [card(one, values.get(one.pk), language) for one in found],
        )
        for theme, found in groupby(indicators, lambda one: one.theme)
    ]


def latest_values(indicators: Sequence[Indicator]) -> dict[int, Observation]:
    """The latest value of Herne of each, where it has one: one query, by the index of
    an area's totals.
    """
    rows: QuerySet = (
        Observation.objects.totals()
        .filter(
            release__indicator__in=[one.pk for one in indicators],
            release__state=ReleaseState.PUBLISHED,
            area__level=Level.CITY,
        )
        .select_related("release")
        .order_by("release_id", "-starts_on")
        .distinct("release_id")
    )
    return {entry.release.indicator_id: entry for entry in rows}


def card(indicator: Indicator, latest: Observation | None, language: str) -> Card:
    """An indicator as `monitoring/indicator_card.html` shows it."""
    return {
        "url": indicator_url(indicator),
        "name": localized_entry(indicator, "name", language),
        "question": localized_entry(indicator, "question", language),
        "value": latest and shown(latest, language, indicator=indicator),
        "period": period_in_words(latest.period, language) if latest else "",
        "unit": unit_beside(indicator),
        "is_sample": indicator.is_sample,
    }


def newest(language: str) -> list[dict[str, Any]]:
    """The releases published last."""
    rows = Release.objects.current().select_related("indicator")
    return [
        {
            "name": localized_entry(one.indicator, "name", language),
            "url": release_url(one.indicator, one.number),
            "day": day_in_words(localtime(one.published_at).date(), language),
            "is_correction": one.is_correction,
        }
        for one in rows.order_by("-published_at", "-pk")[:MOST_NEWS]
    ]


def coming(language: str) -> list[dict[str, Any]]:
    """The next publications, the nearest first."""
    rows = Indicator.objects.published().filter(next_release_on__gte=clock.today())
    return [
        {
            "name": localized_entry(one, "name", language),
            "url": indicator_url(one),
            "day": day_in_words(one.next_release_on, language),
        }
        for one in rows.order_by("next_release_on", "slug")[:MOST_NEWS]
    ]


def sources() -> list[dict[str, str]]:
    """Where the figures are from, each source once, with its licence."""
    rows = Indicator.objects.published().exclude(source_title="")
    return each_once(
        rows.order_by("source_title", "licence")
        .values_list("source_title", "source_url", "licence")
        .distinct()
    )


def each_once(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Sources of these titles, addresses and licences. What the titles of one address
    have in common names it: "INKAR (BBSR)" of "INKAR (BBSR), table 5".
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for title, url, licence in rows:
        # Without an address nothing says that two titles mean the same.
        found.setdefault((url or title, licence), {})[title] = title
    return [
        {
            "title": _common(list(titles)),
            "licence": licence,
            "url": url if url not in titles else "",
        }
        for (url, licence), titles in found.items()
    ]


def _common(titles: Sequence[str]) -> str:
    head = titles[0].rpartition(",")[0]
    are_alike = head and all(title.startswith(head) for title in titles)
    return head if are_alike and len(titles) > 1 else titles[0]
