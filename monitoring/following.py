"""What readers can follow of the monitoring by mail: the values of an indicator."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.following import numbers
from herne_bildung.freshness.subscriptions import ItemKind, News, Thing, register
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import localized_entry
from monitoring.choices import ReleaseState
from monitoring.in_words import indicator_url, release_url
from monitoring.models import Indicator, Release

# Monthly ones of some years; what is older was told.
MOST_RELEASES = 60


class IndicatorKind(ItemKind):
    """New values of one indicator, corrections, and values taken back."""

    name, word = "indicator", "kennzahl"
    label = gettext_lazy("values of an indicator")
    days_between = 1

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        found = Indicator.objects.published().filter(pk__in=numbers(keys))
        return {
            str(one.pk): Thing(
                localized_entry(one, "name", language), indicator_url(one)
            )
            for one in found
        }

    def items(self, key: str, language: str) -> Mapping[str, News]:
        releases = Release.objects.shown().filter(indicator__in=numbers([key]))
        latest = releases.select_related("indicator").order_by("-number")
        found: dict[str, News] = {}
        for release in reversed(latest[:MOST_RELEASES]):
            found |= _of_release(release, language)
        return found


def _of_release(release: Release, language: str) -> dict[str, News]:
    """That it came; once it is withdrawn, that instead."""
    name = localized_entry(release.indicator, "name", language)
    address = release_url(release.indicator, release.number)
    if release.state == ReleaseState.WITHDRAWN:
        why = localized_entry(release, "withdrawn_because", language)
        what = _("Values withdrawn")
        return {f"withdrawn:{release.pk}": News(what, name, why, address)}
    day = release.published_at.astimezone(clock.BERLIN).date()
    words = _("Corrected values of %(day)s")
    if not release.is_correction:
        words = _("New values of %(day)s")
    what = words % {"day": day_in_words(day, language)}
    changed = localized_entry(release, "what_changed", language)
    return {f"release:{release.pk}": News(what, name, changed, address)}


register(IndicatorKind())
