from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import Change
from goals.models.base import Publishable, organisation_field, role_field, wording
from goals.models.period import Period
from goals.querysets import GoalQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated

# The evaluation of a period stands at this place among its goals.
TAKEN = "auswertung"


class WorkArea(PublicContent, Translated):
    """A field of work of the Bildungsbüro and its partners; a closed list of staff."""

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("work area")
        verbose_name_plural = _("work areas")

    def __str__(self) -> str:
        return self.name_de


class Goal(Publishable, Sourced, Translated):
    """An action goal (Handlungsziel) of a period.

    `wording` is what was passed, quoted; without it only the heading is known.
    `short` says it in plain words of our own. What is empty is not known.
    """

    period = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        related_name="goals",
        verbose_name=_("period"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("address on the site"), max_length=80)
    title = models.CharField(_("title"), max_length=150)
    short = models.TextField(
        _("in plain words"),
        max_length=500,
        blank=True,
        help_text=_("Two or three short sentences that everyone understands."),
    )
    wording = wording(_("official wording"))
    wording_note = models.CharField(
        _("note on the wording"), max_length=400, blank=True
    )
    success_criterion = models.TextField(
        _("How do we see that it is reached?"), max_length=600, blank=True
    )
    organisation = organisation_field("goals")
    role = role_field("goals")
    work_areas = models.ManyToManyField(
        WorkArea, blank=True, related_name="goals", verbose_name=_("work areas")
    )
    # On the poster of the conference nobody wrote into this column.
    has_no_keep_notes = models.BooleanField(
        _('"no remarks" under "can stay unchanged"'), default=False
    )
    has_no_adjust_notes = models.BooleanField(
        _('"no remarks" under "must be adapted"'), default=False
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["period", "number"]
        verbose_name = _("action goal")
        verbose_name_plural = _("action goals")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"],
                name="goal_number_once",
                violation_error_message=_("This period has a goal of this number."),
            ),
            models.UniqueConstraint(
                fields=["period", "slug"],
                name="goal_slug_once",
                violation_error_message=_("This period has a goal of this address."),
            ),
            models.CheckConstraint(
                condition=~models.Q(slug=TAKEN),
                name="goal_slug_is_free",
                violation_error_message=_("This address is taken already."),
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="goal_organisation")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_de} ({self.period})"


class GoalLink(PublicContent, Translated):
    """That a goal of a later period follows from one of an earlier period, and why."""

    earlier = models.ForeignKey(
        Goal,
        on_delete=models.CASCADE,
        related_name="links_on",
        verbose_name=_("earlier goal"),
    )
    later = models.ForeignKey(
        Goal,
        on_delete=models.CASCADE,
        related_name="links_back",
        verbose_name=_("later goal"),
    )
    change = models.CharField(_("what became of it"), max_length=9, choices=Change)
    reason = models.TextField(_("reason"), max_length=600)

    class Meta:
        ordering = ["later__number", "earlier__number"]
        verbose_name = _("line between goals")
        verbose_name_plural = _("lines between goals")
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"],
                name="goal_link_once",
                violation_error_message=_("This line is there already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")),
                name="goal_link_leads_on",
                violation_error_message=_("A line leads to another goal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
