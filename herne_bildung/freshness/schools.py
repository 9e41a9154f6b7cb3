"""Schools of the official list: readers can report what is wrong with them. The list
itself says when it was drawn up, so nobody is asked to confirm it: there are no facts
that go stale here, until an organisation answers for a school.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.models import School
from herne_bildung.freshness.forms import CorrectionForm
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import districts_of, fact
from herne_bildung.lib import clock
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text


class SchoolCorrection(CorrectionForm):
    class Meta(CorrectionForm.Meta):
        model = School
        fields = ["phone", "email", "website"]


class SchoolKind(Kind):
    """A school as the official list has it."""

    name, model, label = "school", School, gettext_lazy("school")
    groups = (FactGroup("contact", gettext_lazy("address and contact"), 12, 24),)
    link_fields = ("website",)
    correction_form = SchoolCorrection

    def entries(self) -> QuerySet:
        return School.objects.filter(is_sample=False).select_related(
            "place__district__parent__parent"
        )

    def organisation_id(self, entry: School) -> None:
        """The Bildungsbüro takes the list over, and gets the reports."""
        return

    def is_public(self, entry: School) -> bool:
        return entry.vanished_on is None

    def title(self, entry: School, language: str) -> Text:
        return Text(entry.name, "" if language.startswith("de") else "de", "ltr")

    def facts(self, entry: School, language: str) -> Mapping[str, list[Fact]]:
        address = listed(filter(None, (entry.place.name, entry.place.address)))
        return {
            "contact": [
                fact(_("Address"), address),
                fact(_("Telephone"), entry.phone),
                fact(_("E-mail"), entry.email),
                fact(_("Website"), entry.website),
            ]
        }

    def values(self, entry: School) -> Mapping[str, Any]:
        """None that would have to be confirmed: the next list replaces them."""
        return {}

    def dimensions(self, entry: School) -> Mapping[str, list[str]]:
        return {"district": districts_of([entry.place])}

    def page_path(self, entry: School) -> str:
        return reverse("school", args=[entry.slug])

    def admin_path(self, entry: School) -> str:
        return reverse("admin:city_school_change", args=[entry.pk])

    def phone(self, entry: School) -> str:
        return entry.phone

    def hide(self, entry: School) -> None:
        """Off the site until the next list names it."""
        self.end(entry)

    def show(self, entry: School) -> None:
        entry.vanished_on = None
        entry.save()

    def end(self, entry: School) -> None:
        entry.vanished_on = clock.today()
        entry.save()

    def after_correction(self, entry: School) -> None:
        """Nothing hangs on its contact."""
