"""Contact roles as entries to look after."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.actions import reindex, role_path
from counselling.forms import RoleCorrection
from counselling.models import ContactRole, CounsellingOffice
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import (
    districts_of,
    fact,
    looked_after,
    texts,
)
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry

State = CounsellingOffice.State
CONTACT, TASK = "contact", "task"


class RoleKind(Kind):
    """Whom people reach in an office, and for what."""

    name, model, label = "role", ContactRole, gettext_lazy("contact role")
    groups = (
        FactGroup(CONTACT, gettext_lazy("name, telephone, e-mail"), 6, 12),
        FactGroup(TASK, gettext_lazy("what it is responsible for"), 12, 24),
    )
    correction_form = RoleCorrection

    def entries(self) -> QuerySet:
        """Those of offices that are no history; the first one of an office, which has
        no facts of its own, is looked after with the office.
        """
        return (
            ContactRole.objects.filter(looked_after("office__organisation"))
            .exclude(office__state=State.PLANNED)
            .exclude(is_general=True, phone="", email="", person_name="")
            .select_related("office__organisation", "office__place__district__parent")
            .prefetch_related("concerns")
        )

    def organisation_id(self, entry: ContactRole) -> int | None:
        return entry.office.organisation_id

    def is_public(self, entry: ContactRole) -> bool:
        return not entry.is_hidden and entry.office.state == State.PUBLISHED

    def title(self, entry: ContactRole, language: str) -> Text:
        """The role with its office, which alone says whose it is."""
        role = localized_entry(entry, "title", language)
        office = localized_entry(entry.office, "name", language)
        return Text(f"{role} – {office}", office.lang or role.lang, office.dir)

    def facts(self, entry: ContactRole, language: str) -> Mapping[str, list[Fact]]:
        return {
            CONTACT: [
                fact(_("Name"), entry.name_on(clock.today())),
                fact(_("Telephone"), entry.phone),
                fact(_("E-mail"), entry.email),
            ],
            TASK: [
                Fact(_("Role"), texts(entry, "title", language)),
                Fact(_("Responsible for"), texts(entry, "responsibility", language)),
                Fact(
                    _("Concerns"),
                    tuple(
                        localized_entry(concern, "name", language)
                        for concern in entry.concerns.all()
                    ),
                ),
            ],
        }

    def values(self, entry: ContactRole) -> Mapping[str, Any]:
        """A name that ends by itself is no change that somebody has to look at."""
        return {
            CONTACT: [entry.phone, entry.email],
            TASK: [
                entry.title_de,
                entry.responsibility_de,
                sorted(concern.key for concern in entry.concerns.all()),
            ],
        }

    def dimensions(self, entry: ContactRole) -> Mapping[str, list[str]]:
        place = entry.office.place
        return {"district": districts_of([place] if place else [])}

    def page_path(self, entry: ContactRole) -> str:
        return reverse("office", args=[entry.office.slug])

    def admin_path(self, entry: ContactRole) -> str:
        return role_path(entry)

    def phone(self, entry: ContactRole) -> str:
        return entry.phone or entry.office.phone

    def to_ask(self, entry: ContactRole) -> Sequence[Any]:
        office = entry.office
        return tuple(filter(None, (office, office.organisation)))

    def hide(self, entry: ContactRole) -> None:
        self._set(entry, is_hidden=True)

    def show(self, entry: ContactRole) -> None:
        self._set(entry, is_hidden=False)

    def end(self, entry: ContactRole) -> None:
        self._set(entry, is_hidden=True)

    def after_correction(self, entry: ContactRole) -> None:
        reindex([entry.office_id])

    def _set(self, entry: ContactRole, *, is_hidden: bool) -> None:
        entry.is_hidden = is_hidden
        entry.save()
        reindex([entry.office_id])
