from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import Moderation, NoteVerdict
from goals.models.base import Publishable
from goals.models.goal import Goal
from goals.models.measure import Measure
from goals.models.period import Period
from goals.querysets import NoteQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated


class Conference(Publishable, Sourced, Translated):
    """A Bildungskonferenz: its programme, and the posters for the goals of a period."""

    slug = models.SlugField(_("address on the site"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("in a few sentences"), max_length=1500, blank=True)
    day = models.DateField(_("day"))
    venue = models.CharField(_("place"), max_length=200, blank=True)
    organiser = models.CharField(_("organiser"), max_length=300, blank=True)
    period = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        verbose_name=_("posters for the goals of this period"),
    )
    # Notes are taken while it is open.
    is_poster_open = models.BooleanField(_("the posters are open"), default=False)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    def __str__(self) -> str:
        return self.title_de


class ProgrammeItem(PublicContent, Translated):
    """One item of the programme. `people` are functions, never names."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="programme"
    )
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    people = models.JSONField(_("who takes part"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("item of the programme")
        verbose_name_plural = _("programme")

    def __str__(self) -> str:
        return self.title_de


class FeedbackNote(PublicContent, Sourced):
    """A note on the poster of a goal: it can stay, or it must be adapted. Quoted in
    the language it was written in. "Must be adapted" stays open until a later goal or
    measure answers it.
    """

    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="notes", verbose_name=_("goal")
    )
    conference = models.ForeignKey(
        Conference,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("conference"),
    )
    verdict = models.CharField(_("verdict"), max_length=6, choices=NoteVerdict)
    text = models.TextField(_("text"), max_length=600)
    language = models.CharField(_("language"), max_length=10, default="de")
    moderation = models.CharField(
        _("moderation"),
        max_length=8,
        choices=Moderation,
        default=Moderation.WAITING,
    )
    decided_at = models.DateTimeField(
        _("released or refused"), null=True, blank=True, editable=False
    )
    # One sending of the form makes one note.
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    answering_goals = models.ManyToManyField(
        Goal,
        blank=True,
        related_name="answered_notes",
        verbose_name=_("later goals that answer it"),
    )
    answering_measures = models.ManyToManyField(
        Measure,
        blank=True,
        related_name="answered_notes",
        verbose_name=_("measures that answer it"),
    )
    answer = models.TextField(_("how it is answered"), max_length=600, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "verdict", "order", "pk"]
        verbose_name = _("note of a conference")
        verbose_name_plural = _("notes of conferences")
        indexes = [
            models.Index(
                fields=["conference", "moderation", "goal"], name="note_poster"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
