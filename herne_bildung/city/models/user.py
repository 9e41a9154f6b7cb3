from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib import languages


class User(AbstractUser):
    """A person who signs in: staff or someone of a provider."""

    language = models.CharField(
        _("language of mails"),
        max_length=10,
        choices=[(entry.code, entry.native_name) for entry in languages.LANGUAGES],
        default=languages.DEFAULT_LANGUAGE,
        help_text=_("Mails to this person; the administration itself is in German."),
    )
    is_demo = models.BooleanField(
        default=False, help_text="Made by the demo; removed with its sample data."
    )
    translates = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("translates into"),
        default=list,
        blank=True,
    )
    # Told that a login nobody uses will be closed; counts until the next sign-in.
    dormant_warned_at = models.DateTimeField(null=True, editable=False)

    def save(self, *args, **options) -> None:
        """Addresses are compared as they are kept: in small letters."""
        self.email = self.email.lower()
        super().save(*args, **options)
