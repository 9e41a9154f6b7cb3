"""Actions on the list of offers: full, places free, the next date is cancelled."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin.pages import show
from herne_bildung.city.versions.snapshots import Snapshot
from herne_bildung.lib.listing import listed
from offerings.admin.today_forms import ChangeForm
from offerings.admin.today_page import TodayPage, in_words
from offerings.choices import PlacesLeft
from offerings.current.places_left import facts_of_today
from offerings.current.snapshots import CHANGES, changes_in, current_facts, rows_of
from offerings.dates.planned import Plan
from offerings.models import Offering

# As many as one looks through at once; others are left out with a word.
MOST = 50
CONFIRMED = "cancel_confirmed"


class TodayActions(TodayPage):
    """Adds them to an admin class of offers."""

    @admin.action(description=gettext_lazy("Mark as full"), permissions=["change"])
    def mark_full(self, request: HttpRequest, offerings: QuerySet) -> None:
        self._mark(request, offerings, PlacesLeft.FULL)

    @admin.action(description=gettext_lazy("Places free again"), permissions=["change"])
    def mark_free(self, request: HttpRequest, offerings: QuerySet) -> None:
        self._mark(request, offerings, PlacesLeft.FREE)

    @admin.action(
        description=gettext_lazy("The next date is cancelled"), permissions=["change"]
    )
    def cancel_next(
        self, request: HttpRequest, offerings: QuerySet
    ) -> HttpResponse | None:
        """First the dates are shown, then those that are ticked are cancelled."""
        chosen = self._few(request, offerings)
        plans = {one.pk: Plan(one, changes_in(current_facts(one))) for one in chosen}
        if CONFIRMED in request.POST:
            self._cancel(request, chosen, plans)
            return None
        rows = [{"offering": one, "date": plans[one.pk].next()} for one in chosen]
        for row in rows:
            row["words"] = in_words(row["date"].start) if row["date"] else ""
        return show(
            request,
            "admin/offerings/offering/cancel_next.html",
            _("The next date is cancelled"),
            rows=rows,
            is_any=any(row["date"] for row in rows),
            checkbox=ACTION_CHECKBOX_NAME,
            confirmed=CONFIRMED,
        )

    def _cancel(
        self, request: HttpRequest, chosen: list[Offering], plans: dict[int, Plan]
    ) -> None:
        wanted: list[tuple[Offering, Snapshot]] = []
        dates = []
        for offering in chosen:
            plan = plans[offering.pk]
            date = plan.find(request.POST.get(f"date-{offering.pk}", "")[:20])
            if date is None or not date.is_planned or date.is_cancelled:
                continue
            form = ChangeForm(date, {})
            if form.is_valid():
                changes = plan.with_change(date, form.change)
                wanted.append((offering, {CHANGES: rows_of(changes)}))
                dates.append(f"{offering}, {in_words(date.start)}")
        if not wanted:
            messages.warning(request, _("No date was cancelled."))
            return
        said = _("%(dates)s: is cancelled") % {"dates": listed(dates)}
        self._write_all(request, wanted, said)

    def _mark(self, request: HttpRequest, offerings: QuerySet, state: str) -> None:
        chosen = self._few(request, offerings)
        wanted = [(one, facts_of_today(state)) for one in chosen]
        number = ngettext("%(number)s offer", "%(number)s offers", len(wanted))
        names = str(chosen[0]) if len(chosen) == 1 else number % {"number": len(wanted)}
        said = _("places left: %(state)s") % {"state": PlacesLeft(state).label}
        self._write_all(request, wanted, f"{names}: {said}")

    def _write_all(
        self, request: HttpRequest, wanted: list[tuple[Offering, Any]], said: str
    ) -> None:
        try:
            self.write_current(request, wanted, said)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))

    def _few(self, request: HttpRequest, offerings: QuerySet) -> list[Offering]:
        rows = offerings.select_related("provider").prefetch_related(
            "schedules", "occurrences"
        )
        chosen = list(rows[: MOST + 1])
        if len(chosen) > MOST:
            text = _("Only the first %(number)s were taken.") % {"number": MOST}
            messages.warning(request, text)
        return chosen[:MOST]
