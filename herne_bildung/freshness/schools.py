"""Schools of the official list: it says itself when it was drawn up, so nobody is asked
to confirm them; readers can report what is wrong.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from herne_bildung.city.models import School
from herne_bildung.freshness.kinds import ReportedKind
from herne_bildung.lib.localized import Text


class SchoolKind(ReportedKind):
    """A school as the official list has it; the next list takes it off the site."""

    name, model, label = "school", School, gettext_lazy("school")
    link_fields = ("website",)

    def entries(self) -> QuerySet:
        return School.objects.filter(is_sample=False)

    def is_public(self, entry: School) -> bool:
        return entry.vanished_on is None

    def title(self, entry: School, language: str) -> Text:
        return Text(entry.name, "" if language.startswith("de") else "de", "ltr")

    def page_path(self, entry: School) -> str:
        return reverse("school", args=[entry.slug])

    def admin_path(self, entry: School) -> str:
        return reverse("admin:city_school_change", args=[entry.pk])
