"""For a provider: own entries, what is due, drafts, answers, reports, translations."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.models import WaitingVersion
from herne_bildung.city.rights import reached_organisations
from herne_bildung.freshness.models import ErrorReport
from herne_bildung.freshness.own_entries import OwnEntry, entries_of, with_facts
from herne_bildung.freshness.rhythm import rhythm
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.portal.approvals.emails import form_path
from herne_bildung.portal.start_page import places_and_dates
from herne_bildung.portal.start_page.parts import MOST_LINES, Line, Section
from offerings.models import Offering
from offerings.preview import preview_path

State = Offering.State
OFFERS = "admin:offerings_offering_changelist"
OFFER = "admin:offerings_offering_change"
# Readers find and understand an offer by these.
NEEDED = ("title", "summary", "next_step")


def sections(user: Any) -> list[Section]:
    """What a provider should look at now, most urgent first."""
    organisations = reached_organisations(user)
    return [
        _due(user),
        places_and_dates.section(organisations),
        _waiting(organisations),
        _drafts(organisations),
        _reports(organisations),
        _offers(organisations),
        _translations(organisations),
    ]


def _due(user: Any) -> Section:
    soon = clock.today() + timedelta(days=rhythm().ask_before)
    rows = entries_of(user).filter(
        Q(due_on__lte=soon) | Q(confirmed_at=None) | ~Q(hidden_at=None),
        # Of drafts nobody says that they are still correct.
        Q(is_public=True) | ~Q(hidden_at=None),
        has_waiting_change=False,
    )
    chosen = list(rows.select_related("organisation")[:MOST_LINES])
    is_known = bool(chosen) or entries_of(user).exists()
    return Section(
        title=_("To confirm"),
        lines=[_line_of(one) for one in with_facts(chosen, user)],
        empty=_("Everything is confirmed. Thank you!")
        if is_known
        else _("There is nothing to confirm yet. Nobody is asked about samples."),
        more=reverse("my_entries"),
        more_name=_("All my entries with what the portal says"),
        hint=_("One click says: this is still correct."),
    )


def _line_of(one: OwnEntry) -> Line:
    due = one.row.due_on
    return Line(
        name=one.row.title,
        address=one.admin_path or one.page_path,
        badge=one.state_in_words,
        is_urgent=one.needs_an_answer,
        note=_("due on %(day)s") % {"day": date_format(due, "SHORT_DATE_FORMAT")}
        if due
        else "",
        confirm={"confirm": str(one.row.pk), "seen": one.seen},
        links=((_("On the site"), one.page_path),) if one.page_path else (),
    )


def _waiting(organisations: set[int]) -> Section:
    rows = WaitingVersion.objects.filter(
        organisation__in=organisations, state__in=WaitingVersion.OPEN
    ).order_by("-changed_at", "pk")
    states = WaitingVersion.State
    return Section(
        title=_("My changes that wait"),
        lines=[
            Line(
                name=one.title,
                address=form_path(one.model, one.object_id),
                badge=str(one.get_state_display()),
                is_urgent=one.state == states.RETURNED,
                note=one.comment,
            )
            for one in rows.defer("base", "snapshot")[:MOST_LINES]
        ],
        empty=_("Nothing waits to be accepted."),
    )


def _drafts(organisations: set[int]) -> Section:
    rows = Offering.objects.filter(provider__in=organisations, state=State.DRAFT)
    return Section(
        title=_("Drafts"),
        lines=[
            Line(
                name=one.title_de,
                address=reverse(OFFER, args=[one.pk]),
                note=_("changed on %(day)s")
                % {"day": date_format(localtime(one.updated_at), "SHORT_DATE_FORMAT")},
                links=((_("Preview"), path),) if (path := preview_path(one)) else (),
            )
            for one in rows.order_by("-updated_at")[:MOST_LINES]
        ],
        empty=_("There are no drafts."),
        more=reverse("admin:offerings_offering_add"),
        more_name=_("Write a new offer"),
    )


def _reports(organisations: set[int]) -> Section:
    rows = ErrorReport.objects.filter(
        entry__organisation__in=organisations, state=ErrorReport.State.OPEN
    ).select_related("entry")
    return Section(
        title=_("Reports received"),
        lines=[
            Line(
                name=one.entry.title,
                address=reverse("admin:freshness_errorreport_change", args=[one.pk]),
                badge=str(one.get_reason_display()),
                note=one.text[:120],
                is_urgent=True,
            )
            for one in rows.order_by("-created_at")[:MOST_LINES]
        ],
        empty=_("Nobody reported an error."),
    )


def _offers(organisations: set[int]) -> Section:
    rows = Offering.objects.filter(provider__in=organisations)
    by_state = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return Section(
        title=_("My offers"),
        lines=[
            Line(
                name=str(state.label),
                address=f"{reverse(OFFERS)}?state__exact={state.value}",
                badge=str(by_state[state.value]),
            )
            for state in State
            if by_state.get(state.value)
        ],
        empty=_("There is no offer yet."),
        more=reverse(OFFERS),
        more_name=_("All my offers"),
    )


def _translations(organisations: set[int]) -> Section:
    """Of public offers, in which languages readers do not get their own words."""
    others = [one for one in LANGUAGES if one.code != DEFAULT_LANGUAGE]
    rows = Offering.objects.filter(provider__in=organisations, state=State.PUBLISHED)
    found = rows.order_by().aggregate(
        **{one.column: Count("pk", filter=is_missing(one.column)) for one in others}
    )
    lines = [
        Line(
            name=one.native_name,
            language=one.code,
            note=ngettext("%(number)s offer", "%(number)s offers", found[one.column])
            % {"number": found[one.column]},
        )
        for one in others
        if found[one.column]
    ]
    return Section(
        title=_("Missing translations"),
        lines=lines,
        empty=_("Nothing is missing."),
        hint=_(
            "So many offers on the site lack words. Open one and choose the language."
        ),
    )


def is_missing(column: str) -> Q:
    """That an offer has German words which it lacks in a language's columns."""
    missing = Q()
    for name in NEEDED:
        german = Q(**{f"{name}_de": ""})
        missing |= (
            Q(**{f"{name}_{column}": ""}) | Q(**{f"{name}_{column}__isnull": True})
        ) & ~german
    return missing
