"""Orders of what is printed: taken, reused where there is the same, removed."""

import hashlib
import json
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, Model

from herne_bildung.city.models import Organisation, Place
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from herne_bildung.lib.waking import wake_after_commit
from offerings.models import (
    FamilyCentre,
    Occurrence,
    Offering,
    OfferingIndex,
    PrintOrder,
    Schedule,
    Topic,
)
from offerings.tasks import work_on_prints

State = PrintOrder.State
CHANGED = ("updated_at",)
SHOWN: dict[type[Model], tuple[str, ...]] = {
    **dict.fromkeys((Offering, Topic, Schedule, Occurrence, FamilyCentre), CHANGED),
    **dict.fromkeys((Organisation, Place), CHANGED),
    OfferingIndex: ("changed_in",),
    MaintainedEntry: ("confirmed_at", "synced_at", "hidden_at", "ended_at"),
}


def take(
    *,
    form_key: str,
    kind: str,
    query: str,
    languages: list[str],
    paper: str,
    order: str,
) -> PrintOrder:
    """The order for a form; one that has the same file already is used again."""
    values = {
        "kind": kind,
        "query": query,
        "language": languages[0],
        "second": languages[1] if len(languages) > 1 else "",
        "paper": paper,
        "order": order,
    }
    same = finished(mark := fingerprint(values))
    if same is not None:
        return same
    with transaction.atomic():
        found, is_new = PrintOrder.objects.get_or_create(
            form_key=form_key, defaults={**values, "fingerprint": mark}
        )
        if is_new:
            wake()
    return found


def wake() -> None:
    """Wake a worker once the transaction is committed; beat does it, too."""
    wake_after_commit(work_on_prints)


def finished(mark: str) -> PrintOrder | None:
    """The newest finished order with the same file that stays for a while."""
    soon = clock.now() + timedelta(days=1)
    done = PrintOrder.objects.filter(fingerprint=mark, state=State.DONE)
    return done.filter(ends_at__gt=soon).defer("file").order_by("-pk").first()


def fingerprint(values: dict[str, str]) -> str:
    """Equal for orders that have equal files: the same choices, the same day, the same
    state of the catalogue.
    """
    state = [values, str(clock.today()), content_state()]
    text = json.dumps(state, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def content_state() -> list[object]:
    """What differs after each change of what files show: the last moments of change,
    and how many rows there are.
    """
    found: list[object] = []
    for model, fields in SHOWN.items():
        asked = {name: Max(name) for name in fields}
        values = model.objects.aggregate(number=Count("pk"), **asked)
        found.append([values[name] for name in ("number", *fields)])
    return found


def cancel(order: PrintOrder) -> None:
    """Stop an order; a worker that has it hears of it at its next portion."""
    at_work = PrintOrder.objects.filter(pk=order.pk, state__in=PrintOrder.AT_WORK)
    at_work.update(state=State.CANCELLED, claimed_until=None)


def retry(order: PrintOrder) -> None:
    """Once more, of what was cancelled or could not be made."""
    with transaction.atomic():
        ended = PrintOrder.objects.filter(
            pk=order.pk, state__in=(State.CANCELLED, State.FAILED)
        )
        if ended.update(state=State.WAITING, problem="", done=0, attempts=0):
            wake()
