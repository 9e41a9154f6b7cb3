"""What pages of one's own login know of the second factor."""

from django import template

from herne_bildung.city.models import User
from herne_bildung.portal.accounts.second_factor import is_required_of

register = template.Library()


@register.filter
def needs_second_factor(user: User) -> bool:
    """Whether nothing of the administration opens without one."""
    return is_required_of(user)
