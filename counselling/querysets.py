from django.db.models import Exists, OuterRef, Prefetch, Q

from herne_bildung.city.models.base import PublicQuerySet
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.public import with_care


class OfficeQuerySet(PublicQuerySet):
    """Counselling offices as readers and as the people in charge see them."""

    def published(self) -> "OfficeQuerySet":
        """Those the public finds."""
        return self.filter(state="published")

    def answers(self) -> "OfficeQuerySet":
        """Those that may be an answer to a concern: no samples, none only planned."""
        return self.published().filter(is_sample=False)

    def general(self) -> "OfficeQuerySet":
        """The one named where no other fits, if the public sees it."""
        return self.answers().filter(is_general=True)

    def with_page(self) -> "OfficeQuerySet":
        """Those whose address shows them: history too."""
        return self.filter(state__in=["published", "planned"])

    def gone(self) -> "OfficeQuerySet":
        """Those that the public saw and sees no longer, whose old addresses say so."""
        was_shown = MaintainedEntry.objects.filter(
            kind="office", object_id=OuterRef("pk"), was_shown=True
        )
        return self.filter(
            Q(state__in=["unconfirmed", "ended"])
            | Q(Exists(was_shown), state__in=["draft", "archived"]),
            is_sample=False,
        )

    def for_pages(self) -> "OfficeQuerySet":
        """With what cards and pages show, in a fixed number of queries."""
        links = self.model._meta.get_field("concern_links").related_model.objects
        return with_care(
            self.select_related("organisation", "place__district"), "office"
        ).prefetch_related(
            "districts",
            "opening_hours",
            "opening_exceptions",
            "roles",
            Prefetch("concern_links", links.select_related("concern")),
        )


class FinderVersionQuerySet(PublicQuerySet):
    """Versions of the finder."""

    def published(self) -> "FinderVersionQuerySet":
        """The one the public uses, if there is one."""
        return self.filter(state="published")

    def drafts(self) -> "FinderVersionQuerySet":
        """The one people edit, if there is one."""
        return self.filter(state="draft")
