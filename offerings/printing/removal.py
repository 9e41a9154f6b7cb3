"""Orders and files go when their time is over."""

from herne_bildung.lib import clock
from offerings.models import PrintOrder


def remove_old() -> int:
    """How many orders were removed."""
    return PrintOrder.objects.filter(ends_at__lte=clock.now()).delete()[0]
