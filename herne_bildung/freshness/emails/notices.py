"""Nothing goes off the site without a word: to the owner and to the office."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.emails.mail import Mail, on_one_line, written
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import (
    CareEvent,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
)
from herne_bildung.freshness.recipients import recipient_for
from herne_bildung.freshness.tokens import link_of, opt_out_link_of
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text


def entry_hidden(entry: MaintainedEntry) -> list[OutgoingMail]:
    """Tell its first contact and the office that an entry was hidden, why, and how it
    comes back. Into the outbox, in the transaction that hides it.
    """
    if entry.hidden_at is None:
        return []
    key = f"entry-hidden:{entry.pk}:{int(entry.hidden_at.timestamp())}"
    sent = [_to_office(entry).put(key=f"{key}:office", recipient=settings.CARE_MAILBOX)]
    if recipient := recipient_for(entry.organisation):
        mail = _to_owner(entry, recipient)
        sent.append(mail.put(key=f"{key}:owner", recipient=recipient.email))
    return sent


def _to_owner(entry: MaintainedEntry, recipient: Recipient) -> Mail:
    with override(recipient.language):
        link, opt_out = _link_for(entry, recipient)
        after = "" if link else _("Please answer this mail; then we show it again.")
        return _hidden(
            entry,
            recipient.language,
            link=link,
            link_label=_("Confirm it and show it again"),
            after=after,
            opt_out=opt_out,
        )


def _to_office(entry: MaintainedEntry) -> Mail:
    page = reverse("admin:freshness_maintainedentry_change", args=[entry.pk])
    with override(DEFAULT_LANGUAGE):
        return _hidden(
            entry,
            DEFAULT_LANGUAGE,
            link=f"{settings.PUBLIC_ADDRESS}{page}",
            link_label=_("Show it again"),
            after="",
        )


def _hidden(entry: MaintainedEntry, language: str, **more: str) -> Mail:
    kind = kind_of(entry)
    found = kind.get(entry.object_id)
    title = kind.title(found, language) if found is not None else Text(entry.title)
    reason = (
        CareEvent.objects.filter(
            entry=entry, what=CareEvent.What.STEP, step=MaintainedEntry.Step.HIDDEN
        )
        .values_list("note", flat=True)
        .first()
    )
    shown = on_one_line(title.text)
    context = {
        "names": [Text(shown, title.lang, title.dir)],
        "paragraphs": [
            Text(_("This entry is no longer shown in the portal. Nothing is deleted.")),
            Text(f"{_('Reason:')} {on_one_line(reason)}" if reason else ""),
        ],
        **more,
    }
    subject = _("“%(title)s” is no longer shown") % {"title": shown}
    return written("notice", subject, context)


def _link_for(entry: MaintainedEntry, recipient: Recipient) -> tuple[str, str]:
    """The last link of a recipient that still works and asks for the entry, and where
    its mails end.
    """
    item = (
        DigestItem.objects.filter(
            entry=entry,
            digest__recipient=recipient,
            digest__revoked_at=None,
            digest__expires_at__gt=clock.now(),
        )
        .exclude(decision=DigestItem.Decision.NOT_MINE)
        .select_related("digest__recipient")
        .order_by("-digest__created_at")
        .first()
    )
    if item is None:
        return "", ""
    return f"{link_of(item.digest)}#item-{item.pk}", opt_out_link_of(item.digest)
