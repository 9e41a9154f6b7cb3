from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.link_checker import Reason

REASONS = {
    Reason.NO_SUCH_NAME: _("There is no such address."),
    Reason.NOT_PUBLIC: _("It is no address of the public internet."),
    Reason.NO_ANSWER: _("The server could not be reached."),
    Reason.TOO_SLOW: _("The server took too long."),
    Reason.ENCRYPTION: _("The encryption of the server has a fault."),
    Reason.REDIRECTS: _("It leads from one address to the next."),
    Reason.ODD_ANSWER: _("The answer could not be read."),
}


class CheckedLink(models.Model):
    """An address that entries name, and whether it answers.

    Broken only after failures on three different days; "could not be checked" (a
    refusal, an internal address, no time) is not broken.
    """

    class State(models.TextChoices):
        NEW = "new", _("not checked yet")
        WORKS = "works", _("works")
        BROKEN = "broken", _("does not work")
        UNCHECKED = "unchecked", _("could not be checked")

    url = models.URLField(_("address"), max_length=500, unique=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.NEW
    )
    strikes = models.PositiveSmallIntegerField(_("failures"), default=0)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked"), null=True)
    next_on = models.DateField(_("next check"))
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["next_on"], name="link_next_check")]

    def __str__(self) -> str:
        return self.url

    @property
    def why(self) -> str:
        """The reason in words: of `link_checker.Reason`, or the answer's number."""
        if self.reason.isdigit():
            return _("The server answers %(number)s.") % {"number": self.reason}
        return str(REASONS.get(self.reason, ""))


class LinkUse(models.Model):
    """Which entry names which address, and in which field."""

    link = models.ForeignKey(
        CheckedLink,
        on_delete=models.CASCADE,
        related_name="uses",
        verbose_name=_("link"),
    )
    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("entry"),
    )
    field = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("link in an entry")
        verbose_name_plural = _("links in entries")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field"], name="one_link_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.link}"
