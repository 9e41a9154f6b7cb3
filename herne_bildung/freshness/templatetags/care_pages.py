"""Which pages of care someone signed in may open."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.rights import sees_everything

register = template.Library()


class CarePage(NamedTuple):
    address: str
    name: str
    purpose: str


@register.simple_tag
def care_pages(user: Any) -> list[CarePage]:
    """Pages beside Django's own lists."""
    pages = []
    if not user.has_perm("freshness.view_maintainedentry"):
        return pages
    if sees_everything(user):
        pages += [
            ("care_overview", _("Care at a glance"), _("How fresh the portal is")),
            ("call_list", _("Call list"), _("Whom to call, and what to ask")),
        ]
    pages += [("my_entries", _("My entries"), _("Confirm what is still correct"))]
    return [CarePage(reverse(name), label, use) for name, label, use in pages]


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 in percent, rounded down so that 100 % means all; a dash
    for none.
    """
    if share is None:
        return "–"
    return f"{int(share * 1000) / 10:.1f}".replace(".", ",").removesuffix(",0") + " %"
