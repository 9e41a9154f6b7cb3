"""Bodies of the network as entries to look after."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.care.base import GoalKind, responsible_facts
from goals.choices import Publication
from goals.forms import BodyCorrection
from goals.models import Body
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.lib.localized import Text, localized_entry

TASK, CONTACT = "task", "contact"


class BodyKind(GoalKind):
    """What a body is for and who takes part, and whom one reaches."""

    name, model, label = "body", Body, gettext_lazy("body of the network")
    groups = (
        FactGroup(TASK, gettext_lazy("task and who takes part"), 12, 24),
        FactGroup(CONTACT, gettext_lazy("contact"), 6, 12),
    )
    link_fields = ("website",)
    correction_form = BodyCorrection
    is_hidden_at_last = True
    end_label, end_note = Kind.end_label, Kind.end_note

    def entries(self) -> QuerySet:
        return (
            Body.objects.filter(looked_after("organisation"))
            .select_related("organisation", "role__organisation")
            .prefetch_related("members__organisation")
        )

    def is_public(self, entry: Body) -> bool:
        return entry.is_published

    def title(self, entry: Body, language: str) -> Text:
        return localized_entry(entry.named, "name", language)

    def facts(self, entry: Body, language: str) -> Mapping[str, list[Fact]]:
        members = tuple(
            localized_entry(one.named, "name", language) for one in entry.members.all()
        )
        return {
            TASK: [
                Fact(_("Task"), texts(entry, "task", language)),
                Fact(_("Who takes part"), members),
            ],
            CONTACT: [
                responsible_facts(_("Contact"), entry),
                fact(_("Website"), entry.website),
            ],
        }

    def values(self, entry: Body) -> Mapping[str, Any]:
        members = sorted(str(one) for one in entry.members.all())
        contact = [entry.role_id, entry.website]
        found = {TASK: [entry.task_de, members]}
        return found | ({CONTACT: contact} if any(contact) else {})

    def page_path(self, entry: Body) -> str:
        return reverse("body", args=[entry.slug])

    def admin_path(self, entry: Body) -> str:
        return reverse("admin:goals_body_change", args=[entry.pk])

    def hide(self, entry: Body) -> None:
        self._set(entry, Publication.INTERNAL)

    def show(self, entry: Body) -> None:
        self._set(entry, Publication.PUBLISHED)

    def end(self, entry: Body) -> None:
        self._set(entry, Publication.INTERNAL)

    def _set(self, entry: Body, state: str) -> None:
        entry.state = state
        entry.save()
