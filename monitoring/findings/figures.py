"""A frozen figure as pages show it; models ask here, so nothing of them is imported."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from herne_bildung.lib.clock import BERLIN
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, isolated, localized_entry
from monitoring.choices import ReleaseState
from monitoring.in_words import (
    ShownValue,
    indicator_url,
    period_in_words,
    release_url,
    shown,
    unit_beside,
)
from monitoring.models.value import categories_of


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """What `monitoring/findings/figure.html` shows. `value` is None where the release
    was withdrawn: what was taken back is not shown again here.
    """

    entry: Any
    indicator: Text
    indicator_url: str
    area: str
    period: str
    parts: list[Text]
    value: ShownValue | None
    unit: str
    release_url: str
    release_number: int
    # What became of the release since; empty while it is the current one.
    since: str
    reason: Text

    @property
    def texts(self) -> list[Text]:
        """Those that may be German for lack of another language."""
        return [self.indicator, *self.parts, self.reason]


def shown_figure(figure: Any, language: str) -> ShownFigure:
    """A `Figure` in a language, which is the active one. Its release with indicator,
    its area and its categories are at hand.
    """
    release = figure.release
    indicator = release.indicator
    is_withdrawn = release.state == ReleaseState.WITHDRAWN
    since, reason = what_became_of(release, language)
    return ShownFigure(
        entry=figure,
        indicator=localized_entry(indicator, "name", language),
        indicator_url=indicator_url(indicator),
        area=isolated(figure.area.name, language),
        period=period_in_words(figure.period, language),
        parts=[localized_entry(one, "name", language) for one in categories_of(figure)],
        value=None if is_withdrawn else shown(figure, language, indicator=indicator),
        unit=unit_beside(indicator),
        release_url=release_url(indicator, release.number),
        release_number=release.number,
        since=since,
        reason=reason,
    )


def figure_in_one_line(figure: Any) -> SafeString:
    """ "Quote, Wanne, 2022: 10,3 % (Fassung 2)" for staff."""
    shown_one = shown_figure(figure, DEFAULT_LANGUAGE)
    what = [shown_one.indicator.text, *(part.text for part in shown_one.parts)]
    value = shown_one.value
    return format_html(
        '{}: <strong>{}</strong> (<a href="{}">{}</a>)',
        ", ".join([*what, shown_one.area, shown_one.period]),
        _("withdrawn") if value is None else str(value),
        shown_one.release_url,
        _("Release %(number)s") % {"number": shown_one.release_number},
    )


def what_became_of(release: Any, language: str) -> tuple[str, Text]:
    """Since when a release is replaced or withdrawn, and why; empty if neither."""
    if release.state not in (ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN):
        return "", Text("")
    ended = release.ended_at
    day = day_in_words(ended.astimezone(BERLIN).date(), language) if ended else ""
    if release.state == ReleaseState.WITHDRAWN:
        text = _("The release of this figure was withdrawn on %(day)s.")
        why = localized_entry(release, "withdrawn_because", language)
    else:
        text = _("The release of this figure was replaced by a newer one on %(day)s.")
        why = Text("")
    return text % {"day": day}, why
