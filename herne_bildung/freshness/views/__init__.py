"""Pages of the engine, below the language."""

from herne_bildung.freshness.views.confirm import care
from herne_bildung.freshness.views.consent import care_invitation, care_opt_out

__all__ = ["care", "care_invitation", "care_opt_out"]
