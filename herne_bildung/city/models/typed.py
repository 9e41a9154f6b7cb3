from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField


class TypedForm(models.Model):
    """What someone typed into a form of the administration and has not saved.

    One row for each opened form (`form`, a random key in the form itself); only the
    person who typed it ever sees it. `was_sent` says that the person saved when the
    session was over: then the form shows it again by itself. Rows go with saving, and
    after 30 days.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="typed_forms",
        verbose_name=_("person"),
    )
    form = models.CharField(max_length=32, unique=True)
    model = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40, blank=True)
    # As a form is sent: names and values, encoded; never files or passwords.
    data = models.TextField()
    was_sent = models.BooleanField(default=False)
    typed_at = MomentField(_("typed"), auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        indexes = [
            models.Index(
                fields=["user", "model", "object_id"], name="typed_form_of_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}".strip()


class SentForm(models.Model):
    """A form for a new entry that was saved: sent once more, by a double click or a
    reload, it makes no second entry. `sent` is a hash of what was typed.
    """

    form = models.CharField(max_length=32, primary_key=True)
    sent = models.CharField(max_length=32)
    object_id = models.CharField(max_length=40, blank=True)
    made_at = MomentField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.form
