"""What stands on the start of the administration."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.portal import start_page as page
from herne_bildung.portal.accounts import people
from herne_bildung.portal.exchange.scope import may_import
from herne_bildung.portal.gaps.views import may_find_gaps

register = template.Library()


@register.simple_tag
def start_page(user: Any) -> page.StartPage:
    """Tiles and lists for someone signed in; see `portal.start_page`."""
    return page.start_page(user)


@register.simple_tag
def portal_pages(user: Any) -> list[dict[str, str]]:
    """Pages beside the lists: tables for those who may hand them in, people for those
    who manage some. Nothing else leads there.
    """
    pages = []
    if may_import(user):
        pages.append(("exchange", _("Tables: getting data in")))
    if may_find_gaps(user):
        pages.append(("gaps", _("Gap finder")))
    if people.may_see(user):
        pages.append(("people", _("People")))
    return [{"name": name, "address": reverse(page)} for page, name in pages]
