"""The mail to someone whose corrections staff accepted or refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from herne_bildung.freshness.actions.outbox import still_here
from herne_bildung.freshness.emails.mail import Mail, on_one_line, written
from herne_bildung.freshness.kinds import Kind, kind_of
from herne_bildung.freshness.models import OutgoingMail, ProposedChange, Recipient
from herne_bildung.freshness.proposals import field_label, in_words

State = ProposedChange.State
# Staff decide field by field: all of an entry within this time is one mail.
GATHERED = timedelta(minutes=10)


def changes_decided(
    changes: Sequence[ProposedChange], links: Mapping[int, str] | None = None
) -> list[OutgoingMail]:
    """One mail to each proposer about changes of one entry, which the caller has
    locked; what was decided shortly before and has not gone out yet stands in it too.
    Nobody who does not want mails gets one. `links`, by recipient, confirm all else.
    """
    proposers = {one.recipient_id: one.recipient for one in changes if one.recipient}
    return [
        _told(
            recipient,
            [one for one in changes if one.recipient_id == pk],
            (links or {}).get(pk, ""),
        )
        for pk, recipient in proposers.items()
        if recipient.is_usable
    ]


def _told(
    recipient: Recipient, changes: Sequence[ProposedChange], link: str
) -> OutgoingMail:
    """The key ends with the moment of the first decision that the mail tells."""
    entry, first = changes[0].entry, min(one.decided_at for one in changes)
    key = f"changes-decided:{entry.pk}:{recipient.pk}:"
    if waiting := still_here(key_begins=key, recipient=recipient.email):
        since = datetime.fromisoformat(waiting.key.removeprefix(key))
        gathered = ProposedChange.objects.filter(
            entry=entry, recipient=recipient, decided_at__gte=since
        ).order_by("pk")
        return _mail(recipient, list(gathered), link).put_instead(waiting)
    return _mail(recipient, changes, link).put(
        key=f"{key}{first.isoformat()}", recipient=recipient.email, wait=GATHERED
    )


def _mail(recipient: Recipient, changes: Sequence[ProposedChange], link: str) -> Mail:
    entry = changes[0].entry
    kind = kind_of(entry)
    found = kind.get(entry.object_id)
    with override(recipient.language):
        title = entry.title
        if found is not None:
            title = kind.title(found, recipient.language).text
        is_public = found is not None and kind.is_public(found)
        subject = gettext("Your correction of “%(title)s”") % {"title": title}
        context = {
            "title": title,
            "decisions": _decisions(kind, changes),
            "page": settings.PUBLIC_ADDRESS + kind.page_path(found)
            if is_public
            else "",
            "link": link,
        }
        return written("changes_decided", on_one_line(subject), context)


def _decisions(kind: Kind, changes: Sequence[ProposedChange]) -> list[dict[str, Any]]:
    """What was accepted, then what was refused, together where the reason is one."""
    alike: dict[tuple[bool, str], list[dict[str, str]]] = {}
    for one in sorted(changes, key=lambda one: one.state != State.ACCEPTED):
        said = {
            "label": field_label(kind, one.field),
            "new": in_words(kind, one.field, one.new),
        }
        decision = (one.state == State.ACCEPTED, one.reason)
        alike.setdefault(decision, []).append(said)
    return [
        {"is_accepted": is_accepted, "reason": reason, "changes": said}
        for (is_accepted, reason), said in alike.items()
    ]
