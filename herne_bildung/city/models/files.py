"""Files that people upload: one table row each, the bytes lie under MEDIA_ROOT.

`file` is the name on disk and in addresses, made from the content as we wrote it;
what was uploaded is never kept (`lib.uploads`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent, Translated


class Upload(PublicContent):
    """What all uploaded files have in common."""

    file = models.CharField(max_length=40, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file


class Picture(Upload, Translated):
    """One picture of an entry; it says in words what it shows."""

    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        help_text=_(
            "In one sentence, for people who do not see it. Example: “Two children "
            "paint with an adult at a table.”"
        ),
    )
    credit = models.CharField(_("who made the picture"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt_de or self.file


class OrganisationPicture(Picture):
    """The picture of an organisation."""

    organisation = models.OneToOneField(
        "city.Organisation", on_delete=models.CASCADE, related_name="picture"
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
