from herne_bildung.city.models.base import PublicQuerySet


class OfficeQuerySet(PublicQuerySet):
    """Counselling offices as readers and as the people in charge see them."""

    def published(self) -> "OfficeQuerySet":
        """Those the public finds."""
        return self.filter(state="published")

    def answers(self) -> "OfficeQuerySet":
        """Those that may be an answer to a concern: no samples, none only planned."""
        return self.published().filter(is_sample=False)

    def with_page(self) -> "OfficeQuerySet":
        """Those whose address shows them: history too."""
        return self.filter(state__in=["published", "planned"])

    def real(self) -> "OfficeQuerySet":
        """Without samples, for everything that leaves the house."""
        return self.filter(is_sample=False)


class FinderVersionQuerySet(PublicQuerySet):
    """Versions of the finder."""

    def published(self) -> "FinderVersionQuerySet":
        """The one the public uses, if there is one."""
        return self.filter(state="published")

    def drafts(self) -> "FinderVersionQuerySet":
        """The one people edit, if there is one."""
        return self.filter(state="draft")
