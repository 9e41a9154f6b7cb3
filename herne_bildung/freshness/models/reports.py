from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """ "Something wrong here?": what a reader says about an entry.

    The address of the reporter serves one answer and is removed 30 days after it, or
    after the report was closed.
    """

    class Reason(models.TextChoices):
        TIMES = "times", _("Date or time is wrong")
        CONTACT = "contact", _("Telephone, mail or website is wrong")
        PLACE = "place", _("Place is wrong")
        COSTS = "costs", _("Costs or registration are wrong")
        ENDED = "ended", _("It does not exist any more")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    key = models.CharField(max_length=40, unique=True, editable=False)
    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="reports",
        verbose_name=_("entry"),
    )
    reason = models.CharField(_("what is wrong"), max_length=10, choices=Reason.choices)
    text = models.TextField(_("text"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("received"))
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN
    )
    answer = models.TextField(_("answer, or why it is closed"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", done_at=None)
                | (
                    models.Q(done_at__isnull=False)
                    & ~models.Q(state="open")
                    & ~models.Q(answer="")
                ),
                name="done_report_has_an_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_reason_display()}"
