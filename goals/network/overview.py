"""The network at a glance: its bodies by kind, and their next dates."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from goals.choices import BodyKind
from goals.in_words import goals_step
from goals.models import Body
from goals.network.calendar import subscription
from goals.network.queries import bodies, coming, next_dates
from goals.network.words import shown_body, shown_date
from herne_bildung.lib import clock
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 40
MOST_DATES = 8


@dataclass(slots=True)
class Overview:
    """What `goals/network/overview.html` shows."""

    # {label, cards} by kind.
    groups: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    is_page_known: bool
    pager: dict[str, Any]
    subscription: dict[str, str]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step()]

    @property
    def has_fallback(self) -> bool:
        """True when something is German for readers of another language."""
        return any(
            card["title"]["lang"] or card["summary"].lang
            for group in self.groups
            for card in group["cards"]
        )


def overview(page: str | None, language: str) -> Overview:
    """The bodies of a page, by kind; `page` is the page asked for."""
    published = bodies()
    in_order = sorted(
        published.values_list("pk", "kind", "order", "slug"),
        key=lambda row: (BodyKind.values.index(row[1]), *row[2:]),
    )
    number, is_known = page_number(page, len(in_order), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(in_order))
    ids = [row[0] for row in in_order[paging.offset : paging.offset + PER_PAGE]]
    found = published.in_bulk(ids)
    today = clock.today()
    path = reverse("network")
    # Invented ones hide no real one.
    next_ones = coming(today).order_by("body__is_sample", "day", "starts_at", "pk")
    return Overview(
        groups=_groups([found[pk] for pk in ids], language),
        dates=[shown_date(one, language) for one in next_ones[:MOST_DATES]],
        is_page_known=is_known,
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
        subscription=subscription(reverse("network_calendar")),
    )


def _groups(found: list[Body], language: str) -> list[dict[str, Any]]:
    following = next_dates([body.pk for body in found], clock.today())
    return [
        {
            "key": kind,
            "label": str(BodyKind(kind).label),
            "cards": [
                shown_body(body, following.get(body.pk), language) for body in of_kind
            ],
        }
        for kind, of_kind in groupby(found, lambda body: body.kind)
    ]
