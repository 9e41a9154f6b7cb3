"""Feeds (Atom) that change only when their content does, so that they can be kept."""

from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from herne_bildung.lib import clock

# A feed without entries still has to say when it changed; it never did.
NEVER = datetime(2020, 1, 1, tzinfo=clock.BERLIN)


class SteadyFeed(Atom1Feed):
    """Atom with the same "changed" for the same content."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def absolute(path: str) -> str:
    """A path of ours as an address for other people's software."""
    return f"{settings.PUBLIC_ADDRESS}{path}"
