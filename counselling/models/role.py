from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.models.concern import Concern
from herne_bildung.city.models import PublicContent, Translated


class ContactRole(PublicContent, Translated):
    """Whom people reach in an office: a role and what it is responsible for; a name
    only with consent, and until a date.

    Each office has exactly one general contact; the database sees to it at the end
    of each transaction (migration 0002).
    """

    office = models.ForeignKey(
        "counselling.CounsellingOffice",
        on_delete=models.CASCADE,
        related_name="roles",
        verbose_name=_("counselling office"),
    )
    title = models.CharField(_("role"), max_length=150)
    responsibility = models.CharField(_("responsible for"), max_length=400, blank=True)
    concerns = models.ManyToManyField(
        Concern, blank=True, related_name="roles", verbose_name=_("concerns")
    )
    is_general = models.BooleanField(_("general contact"), default=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person_name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_(
            "Only with the person's consent; it vanishes after the date below."
        ),
    )
    name_consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    name_shown_until = models.DateField(_("name shown until"), null=True, blank=True)
    # Set by the freshness engine only: shown again once somebody confirms it.
    is_hidden = models.BooleanField(default=False, editable=False)
    # As its office.
    is_sample = models.BooleanField(default=False, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["-is_general", "order", "pk"]
        verbose_name = _("contact role")
        verbose_name_plural = _("contact roles")
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=models.Q(is_general=True),
                name="one_general_contact_an_office",
                violation_error_message=_("An office has one general contact."),
            ),
            models.CheckConstraint(
                condition=models.Q(person_name="")
                | models.Q(
                    name_consent_on__isnull=False,
                    name_shown_until__isnull=False,
                    name_shown_until__gte=models.F("name_consent_on"),
                ),
                name="contact_name_with_consent",
                violation_error_message=_(
                    "A name needs the day of the consent and a day until it is shown."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title_de

    def save(self, *args, **options) -> None:
        self.is_sample = self.office.is_sample
        super().save(*args, **options)

    @property
    def as_of(self) -> str:
        """The state a document describes, as of its office."""
        return self.office.as_of

    def name_on(self, day: date) -> str:
        """The name, while its consent lasts."""
        is_shown = self.person_name and day <= self.name_shown_until
        return self.person_name if is_shown else ""
