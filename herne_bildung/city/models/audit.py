from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField


class AuditEntry(models.Model):
    """What someone did that must be answered for: sign-ins, rights, publications.

    The database itself refuses to change a row, and to remove one before its time
    (migrations 0008, 0013). The name is kept beside the person, who may be removed.
    """

    class Action(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
        SIGNED_OUT = "signed_out", _("signed out")
        RIGHTS_CHANGED = "rights_changed", _("rights changed")
        INVITED = "invited", _("person invited")
        PERSON_REMOVED = "person_removed", _("person removed")
        PERSON_EXPORTED = "person_exported", _("data of a person given out")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")
        APPROVED = "approved", _("change accepted")
        RETURNED = "returned", _("change returned")
        RESTORED = "restored", _("former version restored")
        IMPORTED = "imported", _("imported")
        IMPORT_UNDONE = "import_undone", _("import undone")
        EXPORTED = "exported", _("exported")
        READ_RAW = "read_raw", _("figures before protection read")

    at = MomentField(_("when"), auto_now_add=True, db_index=True)
    action = models.CharField(_("what"), max_length=20, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("name"), max_length=150, blank=True)
    about = models.CharField(_("about"), max_length=300, blank=True)
    model = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the log")
        verbose_name_plural = _("log")
        indexes = [
            models.Index(fields=["action", "-at"], name="audit_by_action"),
            models.Index(fields=["model", "object_id"], name="audit_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.about}"
