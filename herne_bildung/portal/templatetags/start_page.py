"""What stands on the start of the administration."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.portal import start_page as page
from herne_bildung.portal.exchange.scope import may_import

register = template.Library()


@register.simple_tag
def start_page(user: Any) -> page.StartPage:
    """Tiles and lists for someone signed in; see `portal.start_page`."""
    return page.start_page(user)


@register.simple_tag
def exchange_pages(user: Any) -> list[dict[str, str]]:
    """The page on which tables come in, for those who may hand them in."""
    if not may_import(user):
        return []
    return [{"name": _("Tables: getting data in"), "address": reverse("exchange")}]
