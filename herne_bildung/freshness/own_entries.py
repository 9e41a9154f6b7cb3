"""The entries someone signed in looks after, with what is due."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from herne_bildung.city.models import NetworkLink
from herne_bildung.city.rights import reached_organisations
from herne_bildung.freshness.group_facts import GroupFacts, facts_by_group, mark_of
from herne_bildung.freshness.kinds import kind_of, objects_of
from herne_bildung.freshness.models import CheckedLink, LinkUse, MaintainedEntry
from herne_bildung.freshness.rhythm import State, state_of
from herne_bildung.lib import clock


@dataclass(frozen=True)
class OwnEntry:
    """One entry of one's own. `seen` marks the facts as they are shown."""

    row: MaintainedEntry
    state: State
    groups: list[GroupFacts]
    seen: str
    page_path: str
    admin_path: str
    broken_links: list[str]

    @property
    def state_in_words(self) -> str:
        """As its public page says: what nobody confirmed yet is not called current."""
        if self.state == State.CURRENT and self.row.confirmed_at is None:
            return _("not confirmed yet")
        return str(self.state.label)

    @property
    def needs_an_answer(self) -> bool:
        quiet = {State.CURRENT, State.ENDED}
        return self.state not in quiet and not self.row.has_waiting_change


def entries_of(user: Any) -> QuerySet[MaintainedEntry]:
    """Entries whose facts a person may confirm: of organisations it reaches, and of
    members of the family centres among them. Most urgent first; ended ones stay out.
    """
    reached = reached_organisations(user)
    members = NetworkLink.objects.filter(centre__in=reached).values("member")
    rows = MaintainedEntry.objects.filter(ended_at=None)
    own = rows.filter(organisation__in=reached)
    return (own | rows.filter(organisation__in=members)).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )


def with_facts(rows: list[MaintainedEntry], user: Any) -> list[OwnEntry]:
    """These entries as the page shows them; a few queries for each kind."""
    reached, today = reached_organisations(user), clock.today()
    objects, links, found = objects_of(rows), _broken_links(rows), []
    for row in rows:
        if (entry := objects.get((row.kind, row.object_id))) is None:
            continue
        kind = kind_of(row)
        present = kind.fingerprints(entry)
        is_own = row.organisation_id in reached
        found.append(
            OwnEntry(
                row=row,
                state=state_of(row, today),
                groups=facts_by_group(row, entry),
                seen=mark_of(present, present),
                page_path=kind.page_path(entry) if row.is_public else "",
                admin_path=kind.admin_path(entry) if is_own else "",
                broken_links=links.get(row.pk, []),
            )
        )
    return found


def _broken_links(rows: list[MaintainedEntry]) -> dict[int, list[str]]:
    broken: dict[int, list[str]] = {}
    uses = LinkUse.objects.filter(
        entry__in=[row.pk for row in rows], link__state=CheckedLink.State.BROKEN
    )
    for entry, url in uses.order_by("pk").values_list("entry_id", "link__url"):
        broken.setdefault(entry, []).append(url)
    return broken
