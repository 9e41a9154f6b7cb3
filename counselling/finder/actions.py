"""Writes of the finder: people edit a draft of the version that is published."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from counselling.finder.checks import problems_of
from counselling.finder.tree import load
from counselling.models import FinderVersion
from herne_bildung.city import audit
from herne_bildung.lib import clock

State = FinderVersion.State


class Refused(Exception):
    """A step that is not possible now."""


class DraftExists(Refused):
    """There is a draft already; nobody's work is thrown away unasked."""


class HasErrors(Refused):
    """A draft with errors is not published."""


@transaction.atomic
def begin_draft(source: FinderVersion | None) -> FinderVersion:
    """A draft with the questions of a version, or an empty one. The first step of
    editing, and of restoring a former version.
    """
    _wait_for_others()
    if FinderVersion.objects.drafts().exists():
        raise DraftExists
    last = FinderVersion.objects.aggregate(last=Max("number"))["last"] or 0
    draft = FinderVersion.objects.create(number=last + 1)
    if source is not None:
        _copy_questions(source, draft)
    return draft


@transaction.atomic
def publish(draft: FinderVersion, *, by: Any) -> None:
    """Put a draft in the place of what the public sees, which is kept.

    Raises Refused for what is no draft, HasErrors for one with errors.
    """
    _wait_for_others()
    draft.refresh_from_db()
    if not draft.is_draft:
        raise Refused
    if any(problem.is_error for problem in problems_of(load(draft))):
        raise HasErrors
    FinderVersion.objects.published().update(state=State.FORMER)
    draft.state = State.PUBLISHED
    draft.published_at, draft.published_by = clock.now(), by
    draft.save()
    audit.record(audit.Action.PUBLISHED, by=by, about=draft)


@transaction.atomic
def discard(draft: FinderVersion) -> None:
    """Throw a draft away; Refused for what was published."""
    _wait_for_others()
    draft.refresh_from_db()
    if not draft.is_draft:
        raise Refused
    draft.delete()


def _wait_for_others() -> None:
    """Two who begin, publish or discard at once do it one after the other."""
    list(FinderVersion.objects.select_for_update().order_by("pk"))


def _copy_questions(source: FinderVersion, draft: FinderVersion) -> None:
    tree = load(source)
    copies = {
        pk: _copy(question, version=draft) for pk, question in tree.questions.items()
    }
    for pk, answers in tree.answers.items():
        for answer in answers:
            further = copies.get(answer.next_question_id)
            _copy(answer, question=copies[pk], next_question=further)


def _copy(entry: Model, **changed: Any) -> Model:
    """The row once more, with other relations; the entry itself becomes the copy."""
    entry.pk = None
    entry._state.adding = True
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.save()
    return entry
