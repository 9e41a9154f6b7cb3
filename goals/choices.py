"""Closed lists of the action goals. A value that is empty is not known."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Publication(models.TextChoices):
    """Who sees an entry: its authors, everyone of the house, everyone."""

    DRAFT = "draft", _("draft")
    INTERNAL = "internal", _("internal")
    PUBLISHED = "published", _("published")


class MeasureStatus(models.TextChoices):
    """How far a measure is."""

    UNKNOWN = "", _("not known")
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    DONE = "done", pgettext_lazy("measure", "done")
    GIVEN_UP = "given_up", pgettext_lazy("measure", "given up")


# Nothing more is expected of such a measure.
FINISHED = (MeasureStatus.DONE, MeasureStatus.GIVEN_UP)


class ChallengeStatus(models.TextChoices):
    """How far a challenge is answered."""

    UNKNOWN = "", _("not known")
    OPEN = "open", _("open")
    WORKED_ON = "worked_on", _("being worked on")
    SOLVED = "solved", _("solved")


class NoteVerdict(models.TextChoices):
    """The two columns of the conference poster."""

    KEEP = "keep", _("can stay unchanged")
    ADJUST = "adjust", _("must be adapted")


class EvaluationVerdict(models.TextChoices):
    """What an evaluation decides on a goal."""

    STAYS = "stays", _("stays")
    ADAPTED = "adapted", _("is adapted")
    ENDS = "ends", _("ends")


class Moderation(models.TextChoices):
    """Whether a note of the public is shown."""

    WAITING = "waiting", _("to be read")
    RELEASED = "released", _("released")
    REFUSED = "refused", _("refused")


class Change(models.TextChoices):
    """What became of a goal in a later period."""

    CONTINUED = "continued", _("carried on")
    ADAPTED = "adapted", _("adapted")
    MERGED = "merged", _("merged into")
    SPLIT = "split", _("split into")


class MandateStatus(models.TextChoices):
    """How far the administration is with what it was told to do."""

    UNKNOWN = "", _("not known")
    OPEN = "open", _("open")
    WORKED_ON = "worked_on", _("being worked on")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class BodyKind(models.TextChoices):
    """Kinds of bodies of the education network, in the order pages show them."""

    NETWORK = "network", _("Networks")
    STEERING = "steering", _("Steering groups")
    CONFERENCE = "conference", _("Conferences")
    WORKING_GROUP = "working_group", _("Working groups")
    ROUND_TABLE = "round_table", _("Round tables")
    COUNCIL = "council", _("Council and committees")
    OTHER = "other", _("Other bodies")


class DocumentKind(models.TextChoices):
    """What a body lays open."""

    PAPER = "paper", _("paper")
    RESULT = "result", _("result")
