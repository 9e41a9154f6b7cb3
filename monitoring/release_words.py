"""Releases of an indicator as pages say them: their state, why, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text, localized_entry
from monitoring.choices import ReleaseState
from monitoring.in_words import release_url
from monitoring.models import Indicator, Release

KINDS = {
    ReleaseState.PUBLISHED: "success",
    ReleaseState.SUPERSEDED: "warning",
    ReleaseState.WITHDRAWN: "danger",
}
# Older ones stand behind a button.
SHOWN_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in the list of all. `reason` is what changed, or why it was withdrawn;
    `badge` as `components/badge.html` has it.
    """

    number: int
    url: str
    state: str
    badge: dict[str, str]
    days: str
    reason: Text
    is_correction: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ReleaseNotice:
    """What the permanent address of a release says of it. `by` is the release that
    holds today, where it is another one.
    """

    kind: str
    title: str
    text: str
    reason: Text
    by: dict[str, Any] | None

    @property
    def has_values(self) -> bool:
        """Withdrawn releases show no figures: they are wrong, or not to be seen."""
        return self.kind != "danger"


def release_rows(
    releases: Sequence[Release], of: Release | None, indicator: Indicator, language: str
) -> list[ReleaseRow]:
    """All releases with a public address, the newest first."""
    return [_row(one, of, indicator, language) for one in releases]


def _row(
    release: Release, of: Release | None, indicator: Indicator, language: str
) -> ReleaseRow:
    state = ReleaseState(release.state)
    icons = {"success": "check", "warning": "history", "danger": "close"}
    is_withdrawn = state == ReleaseState.WITHDRAWN
    text = "withdrawn_because" if is_withdrawn else "what_changed"
    return ReleaseRow(
        number=release.number,
        url=release_url(indicator, release.number),
        state=state,
        badge={
            "text": str(state.label),
            "kind": KINDS[state],
            "icon": icons[KINDS[state]],
        },
        days=_days(release, language),
        reason=localized_entry(release, text, language),
        is_correction=release.is_correction,
        is_shown=of is not None and of.pk == release.pk,
    )


def _days(release: Release, language: str) -> str:
    """ "public since 3 May 2026", "public from 3 May to 4 June 2026"."""
    begin = day_in_words(localtime(release.published_at).date(), language)
    if release.ended_at is None:
        return _("public since %(day)s") % {"day": begin}
    end = day_in_words(localtime(release.ended_at).date(), language)
    return _("public from %(first)s to %(last)s") % {"first": begin, "last": end}


def release_notice(
    release: Release, releases: Sequence[Release], indicator: Indicator, language: str
) -> ReleaseNotice:
    """What to know of a release before reading its values."""
    current = next(
        (one for one in releases if one.state == ReleaseState.PUBLISHED), None
    )
    later = [one for one in reversed(releases) if one.number > release.number]
    following = next(iter(later), None)
    by = None
    if current is not None and current.pk != release.pk:
        by = {"number": current.number, "url": release_url(indicator, current.number)}
    state = ReleaseState(release.state)
    ended = release.ended_at and day_in_words(
        localtime(release.ended_at).date(), language
    )
    values = {"number": release.number, "day": ended or ""}
    if state == ReleaseState.PUBLISHED:
        title = _("Release %(number)s: current") % values
        text = _("This address is permanent: it will always show these values.")
        reason = Text("")
    elif state == ReleaseState.SUPERSEDED:
        title = _("Release %(number)s: replaced by a newer one") % values
        text = _("These are former values. They stay here so that they can be cited.")
        if ended:
            text = _("Replaced on %(day)s.") % values + " " + text
        reason = Text("")
        if following is not None:
            reason = localized_entry(following, "what_changed", language)
    else:
        title = _("Release %(number)s: withdrawn") % values
        text = _("Its values are not shown any more.")
        if ended:
            text = _("Withdrawn on %(day)s.") % values + " " + text
        reason = localized_entry(release, "withdrawn_because", language)
    return ReleaseNotice(KINDS[state], title, text, reason, by)
