from datetime import date

from django.db.models import Exists, OuterRef, Q

from goals.choices import (
    FINISHED,
    MandateStatus,
    Moderation,
    NoteVerdict,
    Publication,
)
from herne_bildung.city.models.base import PublicQuerySet


class PublishableQuerySet(PublicQuerySet):
    """Entries with a state of publication."""

    def published(self) -> "PublishableQuerySet":
        """Those everyone sees."""
        return self.filter(state=Publication.PUBLISHED)


class BodyQuerySet(PublishableQuerySet):
    """Bodies of the network."""

    def with_names(self) -> "BodyQuerySet":
        """With what their names need."""
        return self.select_related("organisation")


class GoalQuerySet(PublishableQuerySet):
    """Goals of all periods."""

    def published(self) -> "GoalQuerySet":
        """Those everyone sees: a goal of a hidden period is hidden with it."""
        return self.filter(
            state=Publication.PUBLISHED, period__state=Publication.PUBLISHED
        )


class PartOfGoalQuerySet(PublishableQuerySet):
    """What belongs to a goal."""

    def published(self) -> "PartOfGoalQuerySet":
        """Those everyone sees: what belongs to a hidden goal is hidden with it."""
        return self.filter(
            state=Publication.PUBLISHED,
            goal__state=Publication.PUBLISHED,
            goal__period__state=Publication.PUBLISHED,
        )


class MeasureQuerySet(PartOfGoalQuerySet):
    """Measures as readers and as the people in charge see them."""

    def in_their_places(self) -> "MeasureQuerySet":
        """With goal and period, which links to them name."""
        return self.select_related("goal__period")

    def in_open_periods(self) -> "MeasureQuerySet":
        """Those that somebody still works on: closed periods are history."""
        return self.filter(goal__period__is_closed=False)


class ChallengeQuerySet(PartOfGoalQuerySet):
    """Challenges of goals."""


class MilestoneQuerySet(PublicQuerySet):
    """Smaller steps of measures."""

    def overdue(self, day: date) -> "MilestoneQuerySet":
        """Not done, their day past; never those of closed periods."""
        return self.filter(
            done_on=None, due_on__lt=day, measure__goal__period__is_closed=False
        ).exclude(measure__status__in=FINISHED)


class EvaluationQuerySet(PublishableQuerySet):
    """Evaluations of periods."""

    def published(self) -> "EvaluationQuerySet":
        """Those everyone sees: hidden with their period."""
        return self.filter(
            state=Publication.PUBLISHED, period__state=Publication.PUBLISHED
        )


class VerdictQuerySet(PublishableQuerySet):
    """Verdicts on goals."""

    def published(self) -> "VerdictQuerySet":
        """Those everyone sees: hidden with their evaluation, goal or period."""
        return self.filter(
            state=Publication.PUBLISHED,
            goal__state=Publication.PUBLISHED,
            evaluation__state=Publication.PUBLISHED,
            evaluation__period__state=Publication.PUBLISHED,
        )


class NoteQuerySet(PublicQuerySet):
    """Notes of conferences."""

    def released(self) -> "NoteQuerySet":
        """Those everyone sees: notes of a hidden conference are hidden with it."""
        is_shown = Q(conference=None) | Q(conference__state=Publication.PUBLISHED)
        return self.filter(is_shown, moderation=Moderation.RELEASED)

    def unanswered(self) -> "NoteQuerySet":
        """Released "must be adapted" notes that no later goal or measure answers which
        everyone sees.
        """
        found = self.released().filter(verdict=NoteVerdict.ADJUST)
        for name in ("answering_goals", "answering_measures"):
            answers = self.model._meta.get_field(name).related_model.objects
            answering = answers.published().filter(answered_notes=OuterRef("pk"))
            found = found.filter(~Exists(answering))
        return found


class NewsQuerySet(PublishableQuerySet):
    """News of the Bildungsbüro."""

    def shown(self, day: date) -> "NewsQuerySet":
        """Those everyone sees on this day, the latest first."""
        return self.published().filter(published_on__lte=day)


class PaperQuerySet(PublishableQuerySet):
    """Papers of the council."""

    def published(self) -> "PaperQuerySet":
        """Those everyone sees: not those that the council's system deleted."""
        return self.filter(state=Publication.PUBLISHED, oparl_deleted=False)


class PaperPartQuerySet(PublicQuerySet):
    """Consultations and attachments of papers."""

    def present(self) -> "PaperPartQuerySet":
        """Without those that the council's system deleted."""
        return self.filter(oparl_deleted=False)


class MandateQuerySet(PublishableQuerySet):
    """What papers order."""

    def published(self) -> "MandateQuerySet":
        """Those everyone sees: a mandate of a hidden paper is hidden with it."""
        return self.filter(
            state=Publication.PUBLISHED,
            paper__state=Publication.PUBLISHED,
            paper__oparl_deleted=False,
        )

    def in_open_periods(self) -> "MandateQuerySet":
        """Without those of history: all their goals, and the periods passed with
        their paper, are closed.
        """
        goals, periods = "goals__period__is_closed", "paper__periods__is_closed"
        every = self.model.objects
        running = every.filter(Q(**{goals: False}) | Q(**{periods: False}))
        closed = every.filter(Q(**{goals: True}) | Q(**{periods: True}))
        history = closed.exclude(pk__in=running.values("pk"))
        return self.exclude(pk__in=history.values("pk"))

    def overdue(self, day: date) -> "MandateQuerySet":
        """Their day is past, and they are neither done nor dropped; never history, nor
        of papers that the council's system deleted.
        """
        ended = (MandateStatus.DONE, MandateStatus.DROPPED)
        late = self.filter(due_on__lt=day, paper__oparl_deleted=False)
        return late.exclude(status__in=ended).in_open_periods()

    def with_lateness(self, day: date) -> "MandateQuerySet":
        """Each says whether it is one of the overdue: `is_late`."""
        late = self.model.objects.overdue(day).filter(pk=OuterRef("pk"))
        return self.annotate(is_late=Exists(late))
