"""Writes of the action goals."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Prefetch

from goals.choices import MeasureStatus
from goals.models import Goal, Measure, OrganisationRole, StatusChange
from herne_bildung.city import search
from herne_bildung.city.models import EntryVersion, SearchDocument, User
from herne_bildung.city.versions import noted
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.languages import LANGUAGES

How = EntryVersion.How
# Of the documents of the site search.
KIND = "goal"


@transaction.atomic
def set_status(
    *, measure: Measure, status: str, reason: str, on: date, by: User | None
) -> StatusChange:
    """Say how far a measure is since a day, and why, in German. Everything that
    changes a status calls this; `by` is None where no person does.

    ValueError for a status that says nothing, or without a reason.
    """
    if status not in MeasureStatus.values[1:] or not reason.strip():
        raise ValueError("a status needs a value and a reason")
    how = How.LOGIN if by else How.CARE
    with noted([measure], by=by, how=how, comment=reason.strip()):
        change = StatusChange.objects.create(
            measure=measure, status=status, on=on, reason_de=reason.strip()
        )
        settle_status(measure)
    return change


def settle_status(measure: Measure) -> None:
    """The status of a measure is that of its latest change; without one not known."""
    latest = measure.status_changes.order_by("-on", "-pk").first()
    measure.status = latest.status if latest else MeasureStatus.UNKNOWN
    measure.save(update_fields=["status", "updated_at"])
    # Nobody is asked for the steps of what is finished.
    sync("milestone", measure.milestones.values_list("pk", flat=True))


def forget_names() -> int:
    """Remove names whose consent has ended. Returns how many."""
    ended = OrganisationRole.objects.filter(name_shown_until__lt=clock.today())
    return ended.update(person_name="", name_consent_on=None, name_shown_until=None)


@transaction.atomic
def reindex(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these goals anew (all when none are named). Who changes
    a measure names its goal.
    """
    goals = Goal.objects.select_related("period").prefetch_related(
        Prefetch("measures", Measure.objects.published())
    )
    if ids is not None:
        goals = goals.filter(pk__in=list(ids))
    documents = [document(goal) for goal in goals]
    search.write(documents)
    return len(documents)


def document(goal: Goal) -> SearchDocument:
    """The words by which a goal is found: its title, its measures, what it says in
    plain words and as passed. Internal notes are no words of it.
    """
    values = vars(goal)
    titles = search.texts_by_language(values, "title")
    measures = {
        language.code: " ".join(
            search.texts_by_language(vars(measure), "title")[language.code]
            for measure in goal.measures.all()
        )
        for language in LANGUAGES
    }
    wordings = [goal.wording, str(goal.period)]
    wordings += [measure.wording for measure in goal.measures.all()]
    return SearchDocument(
        kind=KIND,
        object_id=goal.pk,
        is_public=goal.is_published and goal.period.is_published,
        is_sample=goal.is_sample,
        terms_a=search.terms(titles),
        terms_b=search.terms(measures),
        terms_c=search.terms(search.texts_by_language(values, "short")),
        terms_d=search.terms({"de": " ".join(wordings)}, with_parts=False),
        fuzzy_text=fuzzy_text(f"{titles['de']} {measures['de']}"),
    )
