"""What entries of the action goals have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import Publication
from goals.querysets import PublishableQuerySet
from herne_bildung.city.models import PublicContent


class Publishable(PublicContent):
    """An entry that is a draft, internal, or public; with a note that never is."""

    state = models.CharField(
        _("state"),
        max_length=9,
        choices=Publication.choices,
        default=Publication.DRAFT,
        help_text=_("Internal: for everyone who signs in, not for the public."),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("Never public.")
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether everyone sees it."""
        return self.state == Publication.PUBLISHED


def wording(label: str) -> models.TextField:
    """Official wording: quoted as it is, in German, with the source of its entry."""
    return models.TextField(
        label,
        blank=True,
        help_text=_("Word for word as passed or published; shown as a quotation."),
    )


def organisation_field(related_name: str) -> models.ForeignKey:
    """The organisation responsible for an entry; empty where it is not known."""
    return models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=_("responsible organisation"),
        help_text=_("Empty: not known."),
    )


def role_field(related_name: str) -> models.ForeignKey:
    """The role responsible for an entry; empty where it is not known."""
    return models.ForeignKey(
        "goals.OrganisationRole",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=_("contact role"),
        help_text=_("Empty: not known."),
    )
