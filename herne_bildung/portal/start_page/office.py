"""For staff: what waits for an answer, and what happened."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals import care_lists
from goals.models import Goal, Mandate, Measure
from herne_bildung.city.admin.history import full_name
from herne_bildung.city.models import EntryVersion, Organisation
from herne_bildung.freshness import waiting
from herne_bildung.freshness.documents import documents
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.templatetags.care_pages import percent
from herne_bildung.lib import clock
from herne_bildung.lib.short_numbers import counted, number_in_short
from herne_bildung.portal.approvals import lists
from herne_bildung.portal.models import SearchWithoutResult
from herne_bildung.portal.start_page.parts import (
    MOST_LINES,
    Line,
    Section,
    Tile,
)
from monitoring.findings import care_lists as findings
from monitoring.models import Finding, Wave
from monitoring.surveys import care_lists as surveys

LIST = "admin:{}_changelist"
WEEK = timedelta(days=7)


def tiles(*, may_approve: bool) -> list[Tile]:
    """Numbers that wait, each leading to its list."""
    of_care = [
        waiting.calls_to_make(),
        waiting.open_reports(),
        waiting.hidden_entries(),
        waiting.mails_given_up(),
    ]
    return [
        Tile(
            _("Changes to accept") if may_approve else _("Changes that wait"),
            number_in_short(lists.count_waiting()),
            reverse("approvals"),
        ),
        Tile(
            _("Published by providers, to read"),
            counted(lists.unread(None)),
            reverse("approvals_published"),
        ),
        *(Tile(one.name, counted(one.rows), one.address) for one in of_care),
        Tile(_("Confirmed in time"), _share_confirmed(), reverse("care_overview")),
        *_of_goals(),
        *_of_surveys(),
    ]


def _of_surveys() -> list[Tile]:
    """Families asked too often, and not told what came out; the calendar lists both."""
    today, calendar = clock.today(), reverse("admin:monitoring_wave_calendar")
    collisions, _places = surveys.coming(today)
    missing = surveys.not_reported(Wave.objects.all(), today)
    return [
        Tile(_("Surveys that collide"), number_in_short(len(collisions)), calendar),
        Tile(_("Not reported back to those asked"), counted(missing), calendar),
    ]


def _of_goals() -> list[Tile]:
    """What is overdue of the action goals, goals whose success nobody can see, and
    where figures and what is done have not met.
    """
    today = clock.today()
    measures, mandates = Measure.objects.all(), Mandate.objects.all()
    found = [
        (
            _("Overdue measures"),
            care_lists.overdue_measures(measures, today),
            "goals_measure",
            "overdue",
        ),
        (
            _("Overdue milestones"),
            care_lists.overdue_milestones(today),
            "goals_measure",
            "milestones",
        ),
        (
            _("Overdue mandates of the council"),
            care_lists.overdue_mandates(mandates, today),
            "goals_mandate",
            "overdue",
        ),
        (
            _("Goals without success criterion"),
            care_lists.without_criterion(Goal.objects.all(), today),
            "goals_goal",
            "no-criterion",
        ),
        (
            _("Findings without a decision"),
            findings.without_decision(Finding.objects.all(), today),
            "monitoring_finding",
            "no-decision",
        ),
        (
            _("Drafts of early warnings"),
            findings.from_warnings(Finding.objects.all(), today),
            "monitoring_finding",
            "warnings",
        ),
        (
            _("Measures without a figure"),
            care_lists.without_figure(measures, today),
            "goals_measure",
            "no-figure",
        ),
        (
            _("Goals without an indicator"),
            care_lists.goals_without_indicator(Goal.objects.all(), today),
            "goals_goal",
            "no-indicator",
        ),
    ]
    return [
        Tile(name, counted(rows), f"{reverse(LIST.format(model))}?care={value}")
        for name, rows, model, value in found
    ]


def _share_confirmed() -> str:
    visible = MaintainedEntry.objects.counted().exclude(documents())
    number = visible.count()
    return percent(visible.fresh(clock.today()).count() / number if number else None)


def sections() -> list[Section]:
    """What happened, and what readers miss."""
    return [_this_week(), _searched_in_vain(), _without_people()]


def _this_week() -> Section:
    rows = EntryVersion.objects.filter(at__gte=clock.now() - WEEK)
    people = dict(rows.order_by().values_list("how").annotate(Count("pk")))
    hint = ", ".join(
        f"{EntryVersion.How(how).label}: {number}"
        for how, number in sorted(people.items())
    )
    newest = (
        rows.select_related("by", "accepted_by")
        .defer("snapshot")
        .order_by("-at", "-pk")
    )
    return Section(
        title=_("Changed this week"),
        lines=[
            Line(
                name=one.title,
                address=_history_path(one),
                badge=str(one.get_how_display()),
                note=" · ".join(
                    filter(
                        None,
                        [
                            date_format(localtime(one.at), "SHORT_DATETIME_FORMAT"),
                            full_name(one.by),
                            f"{_('accepted by')} {full_name(one.accepted_by)}"
                            if one.accepted_by
                            else "",
                        ],
                    )
                ),
            )
            for one in newest[:MOST_LINES]
        ],
        empty=_("Nothing was changed in the last seven days."),
        hint=hint,
    )


def _history_path(version: EntryVersion) -> str:
    name = version.model.replace(".", "_")
    return reverse(f"admin:{name}_history", args=[version.object_id])


def _searched_in_vain() -> Section:
    month = clock.today().replace(day=1)
    rows = SearchWithoutResult.objects.filter(month=month)
    return Section(
        title=_("Searched in vain this month"),
        lines=[
            Line(
                name=one.words,
                note=ngettext("%(number)s time", "%(number)s times", one.count)
                % {"number": one.count},
            )
            for one in rows.order_by("-count", "words")[:MOST_LINES]
        ],
        empty=_("Every search found something."),
        more=reverse(LIST.format("portal_searchwithoutresult")),
        more_name=_("All searches without result"),
    )


def _without_people() -> Section:
    """Organisations with public offers that nobody with a login looks after."""
    rows = Organisation.objects.filter(is_sample=False).without_active_person()
    published = Count("offerings", filter=Q(offerings__state="published"))
    found = rows.annotate(number=published).order_by("-number", "sort_key")
    return Section(
        title=_("Without a person"),
        lines=[
            Line(
                name=name,
                address=reverse("admin:city_organisation_change", args=[pk]),
                note=ngettext("%(number)s offer", "%(number)s offers", number)
                % {"number": number},
            )
            for pk, name, number in found.values_list("pk", "name_de", "number")[
                :MOST_LINES
            ]
        ],
        empty=_("Every organisation with offers has a person with a login."),
        hint=_("Nobody with a login looks after the offers of these organisations."),
    )


def for_advisers() -> Section:
    """Where an adviser looks things up; internal notes stand in the entries."""
    return Section(
        title=_("Look up"),
        lines=[
            Line(_("Offers"), reverse(LIST.format("offerings_offering"))),
            Line(_("Organisations"), reverse(LIST.format("city_organisation"))),
            Line(_("Places"), reverse(LIST.format("city_place"))),
        ],
        empty="",
        hint=_("With internal notes, which the public does not see."),
    )
