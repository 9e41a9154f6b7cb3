from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField
from herne_bildung.city.models.organisation import Membership
from herne_bildung.lib import clock, languages


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """Someone is asked to work here: for an organisation, or (`group`) for the portal.

    The link holds a secret of which only the hash is kept; inviting again makes a new
    one, and the former link ends.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language of the mail"),
        max_length=12,
        choices=[(entry.code, entry.native_name) for entry in languages.LANGUAGES],
        default=languages.DEFAULT_LANGUAGE,
    )
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    role = models.CharField(
        _("role"),
        max_length=10,
        choices=Membership.Role.choices,
        default=Membership.Role.EDITOR,
    )
    group = models.CharField(_("group"), max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    invited_at = MomentField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(group=""),
                name="invitation_for_organisation_or_group",
            ),
            models.UniqueConstraint(
                "email",
                "organisation",
                "group",
                name="one_open_invitation_each",
                nulls_distinct=False,
                condition=models.Q(accepted_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation or self.group}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()
