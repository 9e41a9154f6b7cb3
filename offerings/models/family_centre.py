from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, Translated


class FamilyCentre(PublicContent, Translated):
    """What makes an organisation of the kind "family centre" one: its certificate and
    consultation hours. Its Kitas are joined to it by `city.NetworkLink`; name, places
    and contact are those of the organisation.
    """

    organisation = models.OneToOneField(
        "city.Organisation",
        on_delete=models.CASCADE,
        related_name="family_centre",
        verbose_name=_("organisation"),
    )
    certificate_from = models.DateField(_("certified since"), null=True, blank=True)
    certificate_until = models.DateField(
        _("certificate ends on"), null=True, blank=True
    )
    # The end of which its people and the office were told in time.
    certificate_end_told = models.DateField(null=True, editable=False)
    # The same for the second time, shortly before.
    certificate_end_told_again = models.DateField(null=True, editable=False)
    consultation_note = models.CharField(
        _("note on the consultation hours"), max_length=300, blank=True
    )
    # Both as its organisation has them.
    as_of = models.CharField(max_length=10, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    class Meta:
        ordering = ["organisation__sort_key"]
        verbose_name = _("family centre")
        verbose_name_plural = _("family centres")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(certificate_until=None)
                | models.Q(certificate_from=None)
                | models.Q(certificate_until__gte=models.F("certificate_from")),
                name="certificate_is_a_range",
                violation_error_message=_("The last day lies before the first one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def save(self, *args, **options) -> None:
        self.is_sample = self.organisation.is_sample
        self.as_of = self.organisation.as_of
        super().save(*args, **options)


class ConsultationHours(PublicContent):
    """When someone of a family centre is there for questions, by the wall clock in
    Herne. Whether also in school holidays is not said.
    """

    centre = models.ForeignKey(
        FamilyCentre, on_delete=models.CASCADE, related_name="consultation_hours"
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=list(WEEKDAYS.items())
    )
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    is_by_appointment = models.BooleanField(_("only by appointment"), default=False)

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("consultation hours")
        verbose_name_plural = _("consultation hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="consultation_ends_after_start",
                violation_error_message=_("It closes before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="consultation_on_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"
