"""What the worker does with orders: one after the other, with its progress.

A worker has an order until its claim lapses; then, as after a crash, another one
begins anew. A worker whose claim is over, or whose order was cancelled, writes nothing.
"""

import logging
import re
import time
from datetime import timedelta

import typst
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from herne_bildung.lib import clock
from offerings.models import PrintOrder
from offerings.printing.booklet import booklet_file, content_of
from offerings.printing.folder import folder_file
from offerings.printing.limits import most_offers
from offerings.printing.notice import notice_file

logger = logging.getLogger(__name__)

# Setting a long booklet takes a minute, in which nothing is told.
CLAIM = timedelta(minutes=4)
MOST_ATTEMPTS = 3
# The worker is ended after ten minutes; what is left goes to the next task.
SECONDS = 300
# Typst writes the objects of pages as they are.
PAGE = re.compile(rb"/Type\s*/Page\b")
State, Problem, Kind = PrintOrder.State, PrintOrder.Problem, PrintOrder.Kind


class Stop(Exception):
    """The order was cancelled, or another worker has it."""


class CannotBeMade(Exception):
    """Why there is no file; its argument is a PrintOrder.Problem."""


def work(seconds: float = SECONDS) -> int:
    """Make what waits, the oldest first. Returns how many were worked on."""
    number, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and (order := claim()):
        work_on(order)
        number += 1
    return number


@transaction.atomic
def claim(pk: int | None = None) -> PrintOrder | None:
    """The oldest order that waits and that no worker has, or this one."""
    now = clock.now()
    free = PrintOrder.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), state__in=PrintOrder.AT_WORK
    )
    if pk is not None:
        free = free.filter(pk=pk)
    order = free.select_for_update(skip_locked=True).order_by("pk").first()
    if order is None:
        return None
    order.attempts += 1
    if order.attempts > MOST_ATTEMPTS:
        order.state, order.problem, order.claimed_until = State.FAILED, "broken", None
        order.save(update_fields=["state", "problem", "claimed_until", "attempts"])
        return claim() if pk is None else None
    order.state, order.claimed_until, order.done = State.WORKING, now + CLAIM, 0
    order.save(update_fields=["state", "claimed_until", "attempts", "done"])
    return order


def work_on(order: PrintOrder) -> None:
    """Make the file of a claimed order."""
    try:
        finish(order, make(order))
    except Stop:
        return
    except CannotBeMade as problem:
        ours(order).update(
            state=State.FAILED, problem=problem.args[0], claimed_until=None
        )
    except (DatabaseError, typst.TypstError):
        # Tried again at once; claim() counts the attempts.
        logger.exception("print order %s could not be made", order.pk)
        ours(order).update(state=State.WAITING, claimed_until=None)


def make(order: PrintOrder) -> bytes:
    """The file, after a look at how much it would be."""

    def tell(done: int, total: int) -> None:
        """Keep the progress and the claim; Stop where the order is ours no more."""
        until = clock.now() + CLAIM
        values = {"done": done, "total": total, "claimed_until": until}
        if not ours(order).update(**values):
            raise Stop
        order.claimed_until = until

    if order.kind == Kind.FOLDER:
        made = folder_file(order, tell)
        if made is None:
            raise CannotBeMade(Problem.EMPTY)
        return made
    number = len(content_of(order.query, order.language))
    if not number:
        raise CannotBeMade(Problem.EMPTY)
    if order.kind == Kind.NOTICE:
        return notice_file(order, tell)
    if number > most_offers(len(order.languages)):
        raise CannotBeMade(Problem.TOO_MANY)
    return booklet_file(order, tell)


def finish(order: PrintOrder, content: bytes) -> None:
    pages = len(PAGE.findall(content))
    ours(order).update(state=State.DONE, file=content, pages=pages, claimed_until=None)


def ours(order: PrintOrder) -> QuerySet[PrintOrder]:
    """The order as long as this worker has it."""
    return PrintOrder.objects.filter(
        pk=order.pk, state=State.WORKING, claimed_until=order.claimed_until
    )
