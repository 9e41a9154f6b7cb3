"""What the kinds of the action goals have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from goals.models import OrganisationRole
from herne_bildung.freshness.kinds import Fact, Kind
from herne_bildung.freshness.organisations import fact
from herne_bildung.lib import clock
from herne_bildung.lib.dates import full_day_in_words

OF_RESPONSIBLE = ("role__organisation", "organisation")


class GoalKind(Kind):
    """Entries that stay on the site whether somebody confirms them or not."""

    is_hidden_at_last = False
    end_label = gettext_lazy("Is done")
    end_note = gettext_lazy(
        "Then the portal says that it is done, and we ask nobody any more. You can "
        "undo it here or from the mail you get now."
    )

    def responsible(self, entry: Any) -> Any:
        """What holds the role and the organisation that are responsible."""
        return entry

    def organisation_id(self, entry: Any) -> int | None:
        """That of the role, else the one named; nobody where it is not known."""
        held = self.responsible(entry)
        return held.role.organisation_id if held.role else held.organisation_id

    def first_address(self, entry: Any) -> str:
        """The role itself."""
        role = self.responsible(entry).role
        return role.email if role else ""

    def dimensions(self, entry: Any) -> Mapping[str, list[str]]:
        return {}

    def phone(self, entry: Any) -> str:
        found = [one.phone for one in self.to_ask(entry) if one.phone]
        return found[0] if found else ""

    def to_ask(self, entry: Any) -> Sequence[Any]:
        held = self.responsible(entry)
        above = held.role.organisation if held.role else None
        asked = (Reached(held.role), above, held.organisation)
        return tuple(dict.fromkeys(filter(None, asked)))

    def after_correction(self, entry: Any) -> None:
        """Nothing hangs on it but its page, which saving outdates."""


class Reached:
    """A role as one that can be asked: it has no website."""

    website = ""

    def __init__(self, role: OrganisationRole | None) -> None:
        self.phone = role.phone if role else ""
        self.email = role.email if role else ""

    def __bool__(self) -> bool:
        return bool(self.phone or self.email)


def day_fact(label: str, day: Any, language: str) -> Fact:
    """A day in words; not known without one."""
    return fact(label, full_day_in_words(day, language) if day else "")


def responsible_facts(label: str, held: Any) -> Fact:
    """Role and organisation, one a line; a name only while its consent lasts."""
    role = held.role
    lines = [role.title_de, role.name_on(clock.today())] if role else []
    organisation = role.organisation if role else held.organisation
    return fact(label, *lines, organisation.name_de if organisation else "")
