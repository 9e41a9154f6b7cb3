import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField
from herne_bildung.lib import clock
from offerings.printing.papers import USUAL

# Days that an order and its file are kept.
KEPT_DAYS = 7


def new_token() -> str:
    return secrets.token_urlsafe(24)


def end() -> datetime:
    return clock.now() + timedelta(days=KEPT_DAYS)


class PrintOrderQuerySet(models.QuerySet):
    def with_size(self) -> "PrintOrderQuerySet":
        """Orders with the `size` of their file in bytes, without the file."""
        size = models.Func(
            "file", function="octet_length", output_field=models.IntegerField()
        )
        return self.defer("file").annotate(size=size)


class PrintOrder(models.Model):
    """A booklet, notice or folder that somebody wants, made by the worker.

    It knows nobody: whoever has its address has it. `query` are the filters as
    `offerings.asked.canonical` writes them, `fingerprint` the same with all choices and
    the state of the catalogue: equal ones have equal files. A worker has it until
    `claimed_until`. File and order go after `ends_at`.
    """

    class Kind(models.TextChoices):
        BOOKLET = "booklet", _("Booklet")
        NOTICE = "notice", _("Notice on one sheet")
        FOLDER = "folder", _("Folder for the welcome visit")

    class Order(models.TextChoices):
        TOPIC = "topic", _("by topic")
        DISTRICT = "district", _("by district")
        BOTH = "both", _("by topic and district")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        WORKING = "working", _("is being made")
        DONE = "done", _("is ready")
        FAILED = "failed", _("could not be made")
        CANCELLED = "cancelled", _("was cancelled")

    class Problem(models.TextChoices):
        NONE = "", ""
        EMPTY = "empty", _("No offer fits any more.")
        TOO_MANY = "too_many", _("These are too many offers for one file.")
        BROKEN = "broken", _("Something went wrong three times. Please tell us.")

    AT_WORK = (State.WAITING, State.WORKING)

    token = models.CharField(max_length=40, unique=True, default=new_token)
    # Of the form it was sent with: sent twice it is one order.
    form_key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    second = models.CharField(max_length=12, blank=True)
    paper = models.CharField(max_length=2, default=USUAL)
    order = models.CharField(max_length=8, choices=Order.choices, default=Order.TOPIC)
    fingerprint = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=8, choices=Problem.choices, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    file = models.BinaryField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = MomentField(auto_now_add=True)
    ends_at = models.DateTimeField(default=end, db_index=True)

    objects = PrintOrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", file__isnull=False)
                | (~models.Q(state="done") & models.Q(file=None)),
                name="print_order_is_done_with_its_file",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="print_order_at_work",
                condition=models.Q(state__in=("waiting", "working")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%d.%m.%Y %H:%M}"

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def languages(self) -> list[str]:
        return [self.language, *filter(None, [self.second])]
