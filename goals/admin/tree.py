"""The tree in the administration: period › goal › measure or challenge. Pages show the
way up, and the entries below with links to add one and to move them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goals.models import Challenge, CouncilPaper, Goal, Mandate, Measure, Period
from goals.publishing import missing
from herne_bildung.city.admin.conflicts import PREVIEW
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.versions import noted
from herne_bildung.lib import clock
from herne_bildung.lib.row_numbers import is_row_number


@dataclass(frozen=True)
class Step:
    """One page on the way up."""

    name: str
    address: str


@dataclass(frozen=True)
class Row:
    """One entry below; `move_path` is empty where it may not be moved."""

    name: str
    address: str
    cells: list[str]
    is_overdue: bool = False
    move_path: str = ""


@dataclass(frozen=True)
class Branch:
    """All entries of one kind below; `add_path` is empty where none may be added."""

    key: str
    title: str
    columns: list[str]
    rows: list[Row]
    empty: str
    add_path: str = ""
    add_name: str = ""


def form_path(entry: Model) -> str:
    """Where an entry is edited."""
    name = f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change"
    return reverse(name, args=[entry.pk])


def list_path(model: type[Model], query: str = "") -> str:
    address = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    )
    return f"{address}?{query}" if query else address


def parent_of(entry: Any) -> Any:
    """What an entry hangs on; None at the root."""
    if isinstance(entry, Measure | Challenge):
        return entry.goal if entry.goal_id else None
    if isinstance(entry, Goal):
        return entry.period if entry.period_id else None
    if isinstance(entry, Mandate):
        return entry.paper if entry.paper_id else None
    return None


def trail(entry: Model | None, model: type[Model]) -> list[Step]:
    """The way up from an entry, root first, without the entry itself."""
    steps: list[Step] = []
    above = parent_of(entry) if entry is not None else None
    root = model
    while above is not None:
        root = type(above)
        steps.insert(0, Step(str(above), form_path(above)))
        above = parent_of(above)
    plural = str(root._meta.verbose_name_plural)
    return [Step(plural[:1].upper() + plural[1:], list_path(root)), *steps]


def next_day(measure: Measure) -> tuple[date | None, bool]:
    """The next day something is due, and whether it is past: the first open milestone,
    else the planned end. Nothing is due of what is finished or history.
    """
    if measure.is_finished or measure.goal.period.is_closed:
        return None, False
    open_days = [
        one.due_on
        for one in measure.milestones.all()
        if one.due_on and one.done_on is None
    ]
    days = [*open_days, *([measure.planned_end] if measure.planned_end else [])]
    if not days:
        return None, False
    return min(days), min(days) < clock.today()


def day_in_words(measure: Measure) -> tuple[str, bool]:
    day, is_past = next_day(measure)
    if day is None:
        return "–", False
    said = date_format(day, "SHORT_DATE_FORMAT")
    return (_("%(day)s, overdue") % {"day": said} if is_past else said), is_past


def who(entry: Any) -> str:
    """Role or organisation that is responsible."""
    if entry.role:
        return entry.role.title_de
    return str(entry.organisation) if entry.organisation else _("not known")


class TreeAdmin:
    """For admin classes of the tree: trail, what is below, and moving among siblings.

    `siblings` gives the entries among which one is ordered; None where it is not.
    """

    siblings: Callable[[Any], Any] | None = None
    change_form_template = "admin/goals/tree_form.html"

    def branches(self, request: HttpRequest, entry: Any) -> list[Branch]:
        """What hangs on an entry."""
        return []

    def missing(self, entry: Any) -> list[str]:
        """What readers will miss of an entry, in words."""
        return missing(entry)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        entry = context.get("original")
        context["trail"] = trail(entry or self._beginning(request), self.model)
        context["branches"] = self.branches(request, entry) if entry else []
        context["missing"] = self.missing(entry) if entry else []
        context["page_path"] = self.page_path(entry) if entry else ""
        return super().render_change_form(request, context, *args, **options)

    def page_path(self, entry: Model) -> str:
        """The public page of an entry; "" where it has none, or nobody sees it yet."""
        is_shown = type(entry).objects.published().filter(pk=entry.pk).exists()
        return self.declared.page_path(entry) if is_shown else ""

    def _beginning(self, request: HttpRequest) -> Model | None:
        """A new entry that hangs on what its address names."""
        for name, model in (
            ("goal", Goal),
            ("period", Period),
            ("paper", CouncilPaper),
        ):
            number = request.GET.get(name, "")
            if is_row_number(number) and _has_field(self.model, name):
                found = model.objects.filter(pk=number).first()
                return self.model(**{name: found}) if found else None
        return None

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """Says what readers will miss; it keeps nobody from publishing."""
        super().save_related(request, form, *args)
        entry = form.instance
        self.declared.after_save(entry)
        if entry.is_published and PREVIEW not in request.POST:
            # Rows of its form may have changed it meanwhile.
            for text in self.missing(self.model._base_manager.get(pk=entry.pk)):
                self.message_user(request, text, messages.WARNING)

    def response_post_save_add(self, request: HttpRequest, obj: Model) -> HttpResponse:
        return self._up(obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(
        self, request: HttpRequest, obj: Model
    ) -> HttpResponse:
        """Back to the page that sent someone here, or one step up."""
        if "return_to" in request.GET:
            return super().response_post_save_change(request, obj)
        return self._up(obj) or super().response_post_save_change(request, obj)

    def _up(self, entry: Model) -> HttpResponse | None:
        above = parent_of(entry)
        if type(above) not in self.admin_site._registry:
            return None
        return redirect(f"{form_path(above)}#{self.opts.model_name}s")

    def get_urls(self) -> list[URLPattern]:
        if self.siblings is None:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/reihenfolge/", view, name=name), *super().get_urls()]

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One place up or down among its siblings."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        entry = self.get_queryset(request).filter(pk=pk).first()
        if entry is None:
            raise Http404
        if not self.may_edit(request, entry):
            raise PermissionDenied
        move(entry, type(self).siblings(entry), request.POST.get("to"), request.user)
        return self._up(entry) or redirect(form_path(entry))

    def move_path(self, request: HttpRequest, entry: Model) -> str:
        """Where an entry is moved; "" for who may not."""
        if not self.may_edit(request, entry):
            return ""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_move"
        return reverse(name, args=[entry.pk])

    def may_edit(self, request: HttpRequest, entry: Model) -> bool:
        """Whether the person changes all of an entry, not only its translations."""
        is_translated = self.translates(request.user, entry)
        return self.has_change_permission(request, entry) and not is_translated


@transaction.atomic
def move(entry: Any, siblings: Any, direction: str | None, by: Any) -> None:
    """One place "up" or "down"; the places of all are counted anew."""
    rows = list(siblings.select_for_update(of=("self",), no_key=True))
    place = rows.index(entry)
    other = place + {"up": -1, "down": 1}.get(direction or "", 0)
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    places = {row: number for number, row in enumerate(rows, 1)}
    moved = [row for row, number in places.items() if row.order != number]
    with noted(moved, by=by, how=EntryVersion.How.LOGIN):
        for row in moved:
            row.order = places[row]
            row.save(update_fields=["order", "updated_at"])


def _has_field(model: type[Model], name: str) -> bool:
    return name in {field.name for field in model._meta.fields}
