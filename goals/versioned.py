"""What the history of the action goals holds (herne_bildung.city.versions)."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goals.actions import reindex, settle_status
from goals.choices import Publication
from goals.models import (
    Body,
    BodyDate,
    BodyDocument,
    BodyMember,
    Challenge,
    Consultation,
    CouncilPaper,
    Goal,
    Mandate,
    Measure,
    Milestone,
    MissionSentence,
    NewsItem,
    OrganisationRole,
    Period,
    Progress,
    StatusChange,
)
from goals.papers.search import reindex_papers
from herne_bildung.city.versions import Child, Group, Versioned, register

# Names of persons are kept nowhere longer than their consent lasts.
NAME = ("person_name", "name_consent_on", "name_shown_until")
PUBLISHING = {
    "state": "state",
    "public": Publication.PUBLISHED,
    "drafts": (Publication.DRAFT, Publication.INTERNAL),
    # The history of what was public is public itself.
    "is_kept": True,
}
RESPONSIBLE = Group("responsible", _("Who is responsible?"), ("organisation", "role"))


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def milestone_in_words(row: Milestone) -> str:
    """ "Konzept steht: 01.03.2027 (done on 02.03.2027)"."""
    text = row.title_de
    if row.due_on:
        text = f"{text}: {_day(row.due_on)}"
    if row.done_on:
        text = f"{text} ({_('done on')} {_day(row.done_on)})"
    return f"{text}. {row.text_de}" if row.text_de else text


def progress_in_words(row: Progress) -> str:
    """ "2026: Zwei Kurse liefen"."""
    return f"{row.year}: {row.text_de}"


def status_in_words(row: StatusChange) -> str:
    """ "running since 01.02.2026: Das Geld ist da"."""
    return f"{row.get_status_display()} {_('since')} {_day(row.on)}: {row.reason_de}"


def consultation_in_words(row: Consultation) -> str:
    """ "Rat, 2013-10-22: beschlossen"."""
    text = ", ".join(filter(None, [row.committee, row.day]))
    return f"{text}: {row.result}" if row.result else text


def member_in_words(row: BodyMember) -> str:
    """ "Jugendförderung: organisiert im Team"."""
    return f"{row}: {row.role_de}" if row.role_de else str(row)


def date_in_words(row: BodyDate) -> str:
    """ "27.11.2026 14:00, Herbsttreffen (cancelled)"."""
    text = _day(row.day)
    if row.starts_at:
        text = f"{text} {row.starts_at:%H:%M}"
    text = f"{text}, {row.title_de}" if row.title_de else text
    return f"{text} ({_('cancelled')})" if row.is_cancelled else text


def document_in_words(row: BodyDocument) -> str:
    """ "Ergebnisse, 2026-10"."""
    return ", ".join(filter(None, [row.title_de, row.dated]))


def after_period(period: Period) -> None:
    """Goals of a hidden period are found by nobody."""
    reindex(period.goals.values_list("pk", flat=True))


def after_measure(measure: Measure) -> None:
    """A goal is found by the words of its measures."""
    settle_status(measure)
    reindex([measure.goal_id])


def page_of_goal(goal: Goal) -> str:
    return reverse("goal", args=[goal.period.slug, goal.slug])


def page_of_part(entry: Measure | Challenge) -> str:
    return page_of_goal(entry.goal)


register(
    Versioned(
        model=Period,
        after_save=after_period,
        page_path=lambda period: reverse("period", args=[period.slug]),
        groups=(Group("about", _("Description"), ("about", "known", "is_closed")),),
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Goal,
        after_save=lambda goal: reindex([goal.pk]),
        page_path=page_of_goal,
        groups=(
            Group("texts", _("Description"), ("title", "short", "wording")),
            Group("criterion", _("How success is seen"), ("success_criterion",)),
            RESPONSIBLE,
        ),
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Measure,
        children=(
            Child("status_changes", _("status"), status_in_words),
            Child("milestones", _("milestones"), milestone_in_words),
            Child("progress", _("progress"), progress_in_words),
        ),
        groups=(
            Group("texts", _("Description"), ("title", "summary", "wording")),
            Group("status", _("Status"), ("status_changes",)),
            Group(
                "times",
                _("Dates"),
                ("planned_start", "planned_end", "actual_start", "actual_end"),
            ),
            Group("progress", _("Progress"), ("milestones", "progress")),
            RESPONSIBLE,
        ),
        after_save=after_measure,
        page_path=page_of_part,
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Challenge,
        page_path=page_of_part,
        groups=(
            Group("texts", _("Description"), ("title", "summary", "wording")),
            Group(
                "answers",
                _("What answers it"),
                ("status", "answering_measures", "answering_goals"),
            ),
        ),
        **PUBLISHING,
    )
)
register(Versioned(model=MissionSentence, **PUBLISHING))
register(
    Versioned(
        model=CouncilPaper,
        after_save=lambda paper: reindex_papers([paper.pk]),
        page_path=lambda paper: reverse("paper", args=[paper.slug]),
        children=(
            Child("consultations", _("consultations"), consultation_in_words),
            Child("files", _("attachments")),
        ),
        groups=(
            Group("texts", _("Description"), ("title", "summary", "resolution")),
            Group("consultations", _("Consultations"), ("consultations",)),
        ),
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Mandate,
        # A paper is found by the words of its mandates.
        after_save=lambda mandate: reindex_papers([mandate.paper_id]),
        groups=(
            Group("texts", _("Description"), ("task", "wording")),
            Group("status", _("Status"), ("status", "due_on", "done_on", "outcome")),
            RESPONSIBLE,
        ),
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Body,
        children=(
            Child("members", _("who takes part"), member_in_words),
            Child("dates", _("dates"), date_in_words),
            Child("documents", _("papers and results"), document_in_words),
        ),
        groups=(
            Group("texts", _("Description"), ("name", "task", "kind")),
            Group("members", _("Who takes part"), ("members",)),
            Group("dates", _("Dates"), ("dates",)),
            Group("contact", _("Contact"), ("role", "website")),
        ),
        page_path=lambda entry: reverse("body", args=[entry.slug]),
        **PUBLISHING,
    )
)
register(Versioned(model=OrganisationRole, left_out=frozenset(NAME)))
register(
    Versioned(
        model=NewsItem,
        children=(Child("links", _("links")),),
        groups=(
            Group("texts", _("Description"), ("title", "summary", "text")),
            Group("links", _("Links"), ("links",)),
        ),
        page_path=lambda entry: reverse("news_item", args=[entry.slug]),
        **PUBLISHING,
    )
)
