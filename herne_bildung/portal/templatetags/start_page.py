"""What stands on the start of the administration."""

from typing import Any

from django import template

from herne_bildung.portal import start_page as page

register = template.Library()


@register.simple_tag
def start_page(user: Any) -> page.StartPage:
    """Tiles and lists for someone signed in; see `portal.start_page`."""
    return page.start_page(user)
