"""The mail to someone whose corrections staff accepted or refused."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext, override

from herne_bildung.freshness.emails.mail import on_one_line, written
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import OutgoingMail, ProposedChange
from herne_bildung.freshness.proposals import field_label, in_words


def changes_decided(
    changes: Sequence[ProposedChange], links: Mapping[int, str] | None = None
) -> list[OutgoingMail]:
    """One mail to each proposer about changes of one entry, all decided alike.
    Nobody who does not want mails gets one. `links`, by recipient, confirm all else.
    """
    proposers = {one.recipient_id: one.recipient for one in changes if one.recipient}
    return [
        _decided(
            [one for one in changes if one.recipient_id == pk],
            (links or {}).get(pk, ""),
        )
        for pk, recipient in proposers.items()
        if recipient.is_usable
    ]


def _decided(changes: Sequence[ProposedChange], link: str) -> OutgoingMail:
    first = changes[0]
    kind, recipient = kind_of(first.entry), first.recipient
    found = kind.get(first.entry.object_id)
    with override(recipient.language):
        title = first.entry.title
        if found is not None:
            title = kind.title(found, recipient.language).text
        is_public = found is not None and kind.is_public(found)
        page = settings.PUBLIC_ADDRESS + kind.page_path(found) if is_public else ""
        subject = gettext("Your correction of “%(title)s”") % {"title": title}
        mail = written(
            "changes_decided",
            on_one_line(subject),
            {
                "title": title,
                "changes": [
                    {
                        "label": field_label(kind, one.field),
                        "new": in_words(kind, one.field, one.new),
                    }
                    for one in changes
                ],
                "is_accepted": first.state == ProposedChange.State.ACCEPTED,
                "reason": first.reason,
                "page": page,
                "link": link,
            },
        )
    return mail.put(key=f"changes-decided:{first.pk}", recipient=recipient.email)
