"""Whoever looks after entries that were hidden gets one mail with a link that shows
them again, and so does the office: in the transaction that hides them.
"""

from collections import defaultdict
from collections.abc import Sequence

from herne_bildung.freshness import emails
from herne_bildung.freshness.actions.digests import make_digest
from herne_bildung.freshness.models import (
    Digest,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
)
from herne_bildung.freshness.questions import contacts_of_entries

Rows = Sequence[MaintainedEntry]


def by_owner(rows: Rows) -> list[tuple[Recipient | None, list[MaintainedEntry]]]:
    """Entries by whom to tell, None for nobody; who said "not mine" is left out."""
    contacts = contacts_of_entries(rows)
    not_mine: dict[int, set[int]] = defaultdict(set)
    for entry, recipient in DigestItem.objects.filter(
        entry__in=[row.pk for row in rows], decision=DigestItem.Decision.NOT_MINE
    ).values_list("entry_id", "digest__recipient_id"):
        not_mine[entry].add(recipient)
    found: dict[Recipient | None, list[MaintainedEntry]] = defaultdict(list)
    for row in rows:
        owner = contacts.to_tell(row.organisation_id, left_out=not_mine[row.pk])
        found[owner].append(row)
    return sorted(found.items(), key=lambda one: one[0].pk if one[0] else 0)


def tell_hidden(rows: Rows) -> None:
    """Tell owners and the office."""
    hidden = [row for row in rows if row.hidden_at]
    for owner, theirs in by_owner(hidden):
        tell_owner(owner, theirs)
    tell_office(hidden)


def tell_owner(
    owner: Recipient | None, hidden: Rows, *, is_trial: bool = False
) -> Digest | None:
    """One mail to an owner, if there is one."""
    if owner is None or not hidden:
        return None
    asked = [(row, MaintainedEntry.Step.HIDDEN) for row in hidden]
    return make_digest(owner, asked, tells_hidden=True, is_trial=is_trial)


def tell_office(hidden: Rows) -> OutgoingMail | None:
    """One mail to the office."""
    return emails.hidden_to_office(hidden) if hidden else None
