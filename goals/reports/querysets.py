from herne_bildung.city.models.base import PublicQuerySet


class ReportQuerySet(PublicQuerySet):
    """Reports to committees."""

    def released(self) -> "ReportQuerySet":
        """Those everyone sees."""
        return self.filter(state="released")

    def locked(self) -> "ReportQuerySet":
        """Those that change no more."""
        return self.exclude(state="draft")
