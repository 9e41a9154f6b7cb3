"""Who is asked about the entries of an organisation, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.freshness.models import MaintainedEntry, Recipient, Responsibility

Step = MaintainedEntry.Step
Rank = Responsibility.Rank


@dataclass(frozen=True, slots=True)
class Contact:
    """A recipient, and the organisation through which it answers for another one:
    itself, its family centre or its responsible body.
    """

    recipient: Recipient
    organisation_id: int

    def order(
        self, organisation_id: int, asked_before: Collection[int], first: int | None
    ) -> tuple:
        """The smallest is asked: `first`; whoever was asked or answered before, the
        latest answer; else the family centre, which answers for all its members on one
        page; then mailboxes of roles.
        """
        answered = self.recipient.last_answer_at
        return (
            self.recipient.pk != first,
            self.recipient.pk not in asked_before,
            -answered.timestamp() if answered else 0,
            self.organisation_id == organisation_id,
            not self.recipient.is_role_mailbox,
            self.recipient.pk,
        )


class Contacts:
    """The contacts of organisations and of those above them; of all organisations
    where none are named. A few queries, however many there are.
    """

    def __init__(self, organisation_ids: Iterable[int] | None = None) -> None:
        wanted = None if organisation_ids is None else set(organisation_ids)
        self._parents = _parents(wanted)
        links = NetworkLink.objects.order_by("pk")
        responsibilities = Responsibility.objects.select_related("recipient")
        if wanted is not None:
            links = links.filter(member__in=wanted)
        self._centres: dict[int, list[int]] = defaultdict(list)
        for member, centre in links.values_list("member_id", "centre_id"):
            self._centres[member].append(centre)
        if wanted is not None:
            centres = {pk for found in self._centres.values() for pk in found}
            responsibilities = responsibilities.filter(
                organisation__in=centres | set(self._parents)
            )
        self._own: dict[tuple[int, int], list[Contact]] = defaultdict(list)
        self._cared_for: dict[int, set[int]] = defaultdict(set)
        self.recipients: dict[int, Recipient] = {}
        for found in responsibilities.order_by("pk"):
            recipient = self.recipients.setdefault(found.recipient_id, found.recipient)
            contact = Contact(recipient, found.organisation_id)
            self._own[found.organisation_id, found.rank].append(contact)
            if found.rank == Rank.FIRST:
                self._cared_for[recipient.pk].add(found.organisation_id)

    def _of(self, organisation_id: int, rank: int) -> list[Contact]:
        return self._own.get((organisation_id, rank), [])

    def _first(self, organisation_id: int) -> list[Contact]:
        """First contacts, those of its family centres among them; usable or not."""
        centres = self._centres.get(organisation_id, [])
        return [
            contact
            for asked in (*centres, organisation_id)
            for contact in self._of(asked, Rank.FIRST)
        ]

    def _above(self, organisation_id: int) -> list[Contact]:
        """Usable first contacts of the nearest body above that has any, without the
        addresses that were asked already.
        """
        asked = {
            contact.recipient.pk
            for contact in (
                *self._first(organisation_id),
                *self._of(organisation_id, Rank.SECOND),
            )
        }
        seen, above = {organisation_id}, self._parents.get(organisation_id)
        while above is not None and above not in seen:
            found = [
                contact
                for contact in usable(self._of(above, Rank.FIRST))
                if contact.recipient.pk not in asked
            ]
            if found:
                return found
            seen.add(above)
            above = self._parents.get(above)
        return []

    def targets(
        self,
        organisation_id: int | None,
        step: int,
        *,
        asked_before: Collection[int] = (),
        left_out: Collection[int] = (),
        first: int | None = None,
    ) -> list[Contact]:
        """Whom a step asks, the best one first. `asked_before` and `left_out` are ids
        of recipients, and so is `first`: whom the entry itself names. Where that one
        does not answer, the other first contacts are asked with the second ones.
        """
        if organisation_id is None:
            return []
        if step in {Step.ASKED, Step.REMINDED}:
            found = usable(self._first(organisation_id))
        elif step == Step.SECOND_CONTACT:
            found = usable(self._of(organisation_id, Rank.SECOND))
            own = usable(self._first(organisation_id))
            if any(contact.recipient.pk == first for contact in own):
                found += [one for one in own if one.recipient.pk != first]
        elif step == Step.PARENT:
            found = self._above(organisation_id)
        else:
            return []
        return sorted(
            {
                contact.recipient.pk: contact
                for contact in found
                if contact.recipient.pk not in left_out
            }.values(),
            key=lambda contact: contact.order(organisation_id, asked_before, first),
        )

    def answers_for(self, recipient_id: int, organisation_id: int | None) -> bool:
        """Whether a recipient is a contact, usable or not, of the organisation, one of
        its family centres or a body above.
        """
        asked = list(self._centres.get(organisation_id, []))
        above = organisation_id
        while above is not None and above not in asked:
            asked.append(above)
            above = self._parents.get(above)
        return any(
            contact.recipient.pk == recipient_id
            for organisation in asked
            for rank in Rank
            for contact in self._of(organisation, rank)
        )

    def to_tell(
        self, organisation_id: int | None, left_out: Collection[int] = ()
    ) -> Recipient | None:
        """Whom to tell what happened to an entry: a first contact, else a second one,
        else one of the body above. `left_out` are ids of recipients.
        """
        for step in (Step.ASKED, Step.SECOND_CONTACT, Step.PARENT):
            if found := self.targets(organisation_id, step, left_out=left_out):
                return found[0].recipient
        return None

    def has_own(self, organisation_id: int | None) -> bool:
        """Whether anyone of the organisation itself can be written to."""
        return any(
            self.targets(organisation_id, step)
            for step in (Step.ASKED, Step.SECOND_CONTACT)
        )

    def has_only_bounced(self, organisation_id: int | None) -> bool:
        """Whether mails to its first contacts came back, and none is left."""
        if organisation_id is None:
            return False
        first = self._first(organisation_id)
        return not usable(first) and any(
            contact.recipient.bounced_at and contact.recipient.allowed_at
            for contact in first
        )

    def newest_permission(self, organisation_id: int) -> float:
        """When mails to a usable first contact were allowed last; 0 for never."""
        return max(
            (
                contact.recipient.allowed_at.timestamp()
                for contact in usable(self._first(organisation_id))
            ),
            default=0,
        )

    def reachable(self) -> list[int]:
        """Organisations with a usable first contact."""
        members = self._centres.keys()
        own = {organisation for organisation, rank in self._own if rank == Rank.FIRST}
        return sorted(pk for pk in own.union(members) if usable(self._first(pk)))

    def organisations_of(self, recipient_id: int) -> set[int]:
        """Those that a recipient is a first contact of, members of its centres
        included.
        """
        own = self._cared_for.get(recipient_id, set())
        return own | {
            member
            for member, centres in self._centres.items()
            if not own.isdisjoint(centres)
        }


def usable(contacts: Iterable[Contact]) -> list[Contact]:
    """Those that mails may go to."""
    return [contact for contact in contacts if contact.recipient.is_usable]


def _parents(wanted: set[int] | None) -> dict[int, int | None]:
    """The body above each organisation, and above that, to the top."""
    if wanted is None:
        return dict(Organisation.objects.order_by().values_list("pk", "parent_id"))
    found: dict[int, int | None] = {}
    missing = wanted
    while missing:
        found |= dict(
            Organisation.objects.order_by()
            .filter(pk__in=missing)
            .values_list("pk", "parent_id")
        )
        missing = {above for above in found.values() if above} - set(found)
    return found


def lock_recipient(pk: int) -> Recipient | None:
    """A recipient as it is now, locked until the transaction ends. Before any entry:
    all lock in this order, so that none waits for another in a circle.
    """
    return Recipient.objects.select_for_update(no_key=True).filter(pk=pk).first()


def targets(organisation_id: int | None, step: int) -> list[Recipient]:
    """Whom a step asks about the entries of one organisation, the best one first."""
    if organisation_id is None:
        return []
    contacts = Contacts([organisation_id])
    return [found.recipient for found in contacts.targets(organisation_id, step)]


def recipient_for(organisation: Organisation | None) -> Recipient | None:
    """Whom to tell about an organisation's entries: its first usable contact."""
    found = targets(organisation.pk if organisation else None, Step.ASKED)
    return found[0] if found else None
