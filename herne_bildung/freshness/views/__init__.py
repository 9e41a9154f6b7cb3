"""Pages of the engine, below the language."""

from herne_bildung.freshness.views.confirm import care
from herne_bildung.freshness.views.consent import care_invitation, care_opt_out
from herne_bildung.freshness.views.correct import care_correct
from herne_bildung.freshness.views.leave import care_ended, care_not_mine

__all__ = [
    "care",
    "care_correct",
    "care_ended",
    "care_invitation",
    "care_not_mine",
    "care_opt_out",
]
