from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent, Sourced, Translated
from herne_bildung.city.querysets import OrganisationQuerySet
from herne_bildung.lib.analyser import sort_key


class Organisation(PublicContent, Sourced, Translated):
    """Who offers something or takes part in the education network.

    `parent` is the Träger: rights and escalation follow it. Kitas that form one
    family centre are joined by `NetworkLink`, which changes no ownership.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        DEPARTMENT = "department", _("department")
        OFFICE = "office", _("office")
        NETWORK = "network", _("network")
        COMMITTEE = "committee", _("committee")
        EDUCATION = "education", _("educational institution")
        FAMILY_CENTRE = "family_centre", _("family centre")
        SCHOOL = "school", _("school")
        UNIVERSITY = "university", _("university")
        FOUNDATION = "foundation", _("foundation")
        COMPANY = "company", _("company")
        AUTHORITY = "authority", _("authority")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PLANNED = "planned", _("was planned")
        HISTORIC = "historic", _("no longer exists")
        # Set by the freshness engine only.
        HIDDEN = "hidden", _("hidden until it is confirmed")

    slug = models.SlugField(_("address on the site"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("responsible body (Träger)"),
    )
    network_members = models.ManyToManyField(
        "self", through="NetworkLink", symmetrical=False, related_name="networks"
    )
    is_trusted = models.BooleanField(
        _("publishes at once"),
        default=False,
        help_text=_(
            "What its own people change is public at once; the Bildungsbüro reads it "
            "afterwards. Otherwise a change waits until it is accepted."
        ),
    )
    internal_note = models.TextField(
        _("internal note"),
        blank=True,
        help_text=_("For staff and advisers only, never for the public."),
    )
    is_provider = models.BooleanField(_("offers something"), default=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    email = models.EmailField(_("mailbox of the office"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    places = models.ManyToManyField(
        "city.Place", blank=True, related_name="organisations", verbose_name=_("places")
    )
    sort_key = models.CharField(
        max_length=200, editable=False, db_index=True, db_collation="C"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="organisation_is_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name_de

    def save(self, *args, **options) -> None:
        self.sort_key = sort_key(self.name_de or "")[:200]
        super().save(*args, **options)


class NetworkLink(PublicContent):
    """A Kita that belongs to a family centre of several (Verbund). The centre may
    confirm what its members offer; it does not own it.
    """

    centre = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="member_links"
    )
    member = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="centre_links"
    )

    class Meta:
        verbose_name = _("member of a family centre")
        verbose_name_plural = _("members of family centres")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "member"], name="one_network_link"
            ),
            models.CheckConstraint(
                condition=~models.Q(centre=models.F("member")),
                name="centre_is_not_its_own_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre} – {self.member}"


class Membership(models.Model):
    """What a person may look after: an organisation, as editor or manager.

    A manager's rights reach all organisations below, an editor's only this one.
    """

    class Role(models.TextChoices):
        EDITOR = "editor", _("editor")
        MANAGER = "manager", _("manager")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="one_membership_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"
