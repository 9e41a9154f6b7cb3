"""Tables that people hand in: what the worker made of them, and what can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField


class Origin(models.Model):
    """Whose table it is: own keys are unique in one source of an organisation, or of
    the staff of the portal (no organisation).
    """

    kind = models.CharField(_("kind"), max_length=20)
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    source = models.CharField(_("name of the source"), max_length=80, blank=True)

    class Meta:
        abstract = True


class Import(Origin):
    """One table: checked by the worker, taken over by it, undone by it as one step.

    A worker has it until `claimed_until`; a claim that lapses is taken up again, at
    row `done`. The file goes when its work is done (portal.exchange.actions.clean_up).
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("is being checked")
        MAPPING = "mapping", _("columns to be assigned")
        CHECKED = "checked", _("checked, nothing taken over yet")
        RUNNING = "running", _("is being taken over")
        DONE = "done", _("taken over")
        UNDOING = "undoing", _("is being undone")
        UNDONE = "undone", _("undone")
        REFUSED = "refused", _("cannot be read")
        BROKEN = "broken", _("broken off")
        DISCARDED = "discarded", _("discarded")

    AT_WORK = (State.CHECKING, State.RUNNING, State.UNDOING)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = MomentField(_("when"), auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.CHECKING
    )
    file_name = models.CharField(_("file"), max_length=200)
    file = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    header = models.JSONField(default=list)
    # The fact of each column of the file, by its place; "" for left out.
    mapping = models.JSONField(default=list)
    refusal = models.CharField(max_length=500, blank=True)
    overwrites = models.BooleanField(
        _("overwrite what was changed here"), default=False
    )
    archives = models.BooleanField(_("archive what is missing"), default=False)
    archives_many = models.BooleanField(_("even a large share"), default=False)
    skips_errors = models.BooleanField(_("leave out rows with errors"), default=False)
    confirms = models.BooleanField(_("confirmed as of today"), default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    # The first rows that would change something, for people to look at.
    preview = models.JSONField(default=list)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(
                fields=["created_at"],
                name="import_at_work",
                condition=models.Q(state__in=("checking", "running", "undoing")),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK


class ImportProblem(models.Model):
    """What is wrong in a table, and where; row 0 is the file as a whole."""

    imported = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="problems"
    )
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=130, blank=True)
    text = models.CharField(_("what is wrong"), max_length=500)

    class Meta:
        ordering = ["row", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.text}"


class ImportedRow(models.Model):
    """What one row did to one entry: facts `before` and `after`, and those that were
    `kept` because they had been changed here. `former` is the record of before.
    """

    class Action(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        KEPT = "kept", _("changed here, stays")
        WAITING = "waiting", _("waits for approval")
        ARCHIVED = "archived", _("archived")

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    action = models.CharField(_("what"), max_length=8, choices=Action.choices)
    object_id = models.BigIntegerField()
    title = models.CharField(_("entry"), max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    former = models.JSONField(null=True)
    # After an undo: facts that stay because they were changed since.
    stays = models.JSONField(default=list)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["imported", "action"], name="imported_rows")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.title}"


class ImportRecord(Origin):
    """Which entry an own key means, and the facts its table said last: so that the
    next one can tell a fact nobody touched from one that was changed here.
    """

    key = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    # The import that made the entry was undone; the next one begins anew with it.
    is_undone = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "source", "key"],
                nulls_distinct=False,
                name="one_import_record",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="record_of_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ColumnMapping(models.Model):
    """Which fact each foreign name of a column means, as an organisation, or a person
    of the staff, said last.
    """

    kind = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        "city.Organisation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    columns = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "user"],
                nulls_distinct=False,
                name="one_column_mapping",
            )
        ]

    def __str__(self) -> str:
        return self.kind
