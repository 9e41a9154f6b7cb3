from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, Sourced, Translated


class OrganisationRole(PublicContent, Sourced, Translated):
    """Who answers for a goal, a measure, a mandate or a body: a role in an
    organisation; a name only with consent, and until a day.
    """

    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        related_name="goal_roles",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("role"), max_length=150)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Asked first when something is due.")
    )
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

    class Meta:
        ordering = ["organisation", "title"]
        verbose_name = _("contact role of the network")
        verbose_name_plural = _("contact roles of the network")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title_de"],
                name="role_once_an_organisation",
                violation_error_message=_("This organisation has this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(person_name="")
                | models.Q(
                    name_consent_on__isnull=False,
                    name_shown_until__isnull=False,
                    name_shown_until__gte=models.F("name_consent_on"),
                ),
                name="role_name_with_consent",
                violation_error_message=_(
                    "A name needs the day of the consent and a day until it is shown."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_de} ({self.organisation})"

    def name_on(self, day: date) -> str:
        """The name, while its consent lasts."""
        is_shown = self.person_name and day <= self.name_shown_until
        return self.person_name if is_shown else ""
