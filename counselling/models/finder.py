from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.choices import Audience
from counselling.models.concern import Concern
from counselling.querysets import FinderVersionQuerySet
from herne_bildung.city.models import PublicContent, Translated

# Every question has this answer without a row, so nobody can leave it out.
DO_NOT_KNOW = "weiss-nicht"


class FinderVersion(PublicContent):
    """The questions that lead from a concern to an office, as they were published at
    one time. What was published is never changed: people edit a draft of it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        FORMER = "former", _("former version")

    number = models.PositiveIntegerField(_("number"), unique=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("What is new, for staff.")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = FinderVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of the finder")
        verbose_name_plural = _("finder: from a concern to an office")
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=["draft", "published"]),
                name="one_draft_and_one_published_finder",
                violation_error_message=_("There is such a version already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(published_at__isnull=False),
                name="published_finder_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_state_display()})"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Question(PublicContent, Translated):
    """A question of a version. The first one in order is where everyone begins."""

    version = models.ForeignKey(
        FinderVersion, on_delete=models.CASCADE, related_name="questions"
    )
    key = models.SlugField(_("key"), max_length=40)
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("explanation"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The lowest one is the first question.")
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="question_key_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return self.text_de or self.key


class Answer(PublicContent, Translated):
    """An answer one can choose: it leads to a further question, or to a concern."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers"
    )
    key = models.SlugField(
        _("key in addresses"),
        max_length=40,
        help_text=_("Stays as it is, so that shared addresses keep working."),
    )
    text = models.CharField(_("answer"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # RESTRICT lets a whole version go, with all that refer to each other.
    next_question = models.ForeignKey(
        Question,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="reached_by",
        verbose_name=_("next question"),
    )
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("concern"),
    )
    audience = models.CharField(
        _("who answers this is one of"),
        max_length=24,
        choices=Audience.choices,
        blank=True,
        help_text=_("Offices for them are named first."),
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"], name="answer_key_once_a_question"
            ),
            models.CheckConstraint(
                condition=models.Q(next_question=None, concern__isnull=False)
                | models.Q(next_question__isnull=False, concern=None),
                name="answer_leads_to_one_thing",
                violation_error_message=_(
                    "An answer leads to a question or to a concern: choose one."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(key=DO_NOT_KNOW),
                name="answer_key_is_not_the_fixed_one",
                violation_error_message=_("Every question has this answer already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text_de or self.key
