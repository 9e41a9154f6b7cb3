"""Dates of routes as entries to look after, until they are past."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.forms import RouteDateCorrection
from counselling.models import RouteDate
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.lib import clock
from herne_bildung.lib.dates import days_in_words
from herne_bildung.lib.localized import Text, localized_entry

DATE = "date"


class RouteDateKind(Kind):
    """One date of a school year."""

    name, model, label = "route_date", RouteDate, gettext_lazy("date of a route")
    groups = (FactGroup(DATE, gettext_lazy("date"), 3, 6),)
    correction_form = RouteDateCorrection

    def entries(self) -> QuerySet:
        """What is past is shown to nobody, so nobody is asked about it."""
        return (
            RouteDate.objects.filter(looked_after("organisation"))
            .not_past(clock.today())
            .select_related("route__organisation", "organisation")
        )

    def organisation_id(self, entry: RouteDate) -> int | None:
        """Who keeps the date up to date, else who does the route."""
        return entry.organisation_id or entry.route.organisation_id

    def is_public(self, entry: RouteDate) -> bool:
        return (
            entry.route.is_published
            and not entry.is_hidden
            and entry.last_day >= clock.today()
        )

    def title(self, entry: RouteDate, language: str) -> Text:
        """The date with its route."""
        found = localized_entry(entry, "title", language)
        route = localized_entry(entry.route, "title", language)
        return Text(f"{found} – {route}", found.lang or route.lang, found.dir)

    def facts(self, entry: RouteDate, language: str) -> Mapping[str, list[Fact]]:
        days = days_in_words(entry.first_day, entry.last_day, language)
        return {
            DATE: [
                Fact(_("Title"), texts(entry, "title", language)),
                fact(_("When"), days),
                fact(_("School year"), entry.school_year),
            ]
        }

    def values(self, entry: RouteDate) -> Mapping[str, Any]:
        days = [entry.first_day, entry.last_day]
        return {DATE: [entry.title_de, *map(str, days), entry.school_year]}

    def dimensions(self, entry: RouteDate) -> Mapping[str, list[str]]:
        return {}

    def page_path(self, entry: RouteDate) -> str:
        return reverse("route", args=[entry.route.slug])

    def admin_path(self, entry: RouteDate) -> str:
        return reverse("admin:counselling_route_change", args=[entry.route_id])

    def phone(self, entry: RouteDate) -> str:
        asked = self.to_ask(entry)
        return asked[0].phone if asked else ""

    def to_ask(self, entry: RouteDate) -> Sequence[Any]:
        return tuple(filter(None, (entry.organisation, entry.route.organisation)))

    def hide(self, entry: RouteDate) -> None:
        self._set(entry, is_hidden=True)

    def show(self, entry: RouteDate) -> None:
        self._set(entry, is_hidden=False)

    def end(self, entry: RouteDate) -> None:
        self._set(entry, is_hidden=True)

    def after_correction(self, entry: RouteDate) -> None:
        """Nothing hangs on it but its page, which saving outdates."""

    def _set(self, entry: RouteDate, *, is_hidden: bool) -> None:
        entry.is_hidden = is_hidden
        entry.save()
