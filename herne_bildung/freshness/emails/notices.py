"""Nothing goes off the site without a word: to the office; owners get a digest."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from herne_bildung.freshness.emails.mail import on_one_line, written
from herne_bildung.freshness.models import CareEvent, MaintainedEntry, OutgoingMail
from herne_bildung.freshness.rhythm import State
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text


def hidden_to_office(hidden: Sequence[MaintainedEntry]) -> OutgoingMail:
    """Tell the office which entries were hidden just now, why, and where one click
    shows them again. Into the outbox, in the transaction that hides them.
    """
    first, count = hidden[0], len(hidden)
    if count == 1:
        page = reverse("admin:freshness_maintainedentry_change", args=[first.pk])
    else:
        page = reverse("admin:freshness_maintainedentry_changelist")
        page = f"{page}?state={State.UNCONFIRMED}"
    with override(DEFAULT_LANGUAGE):
        said = ngettext(
            "%(count)s entry is no longer shown in the portal. Nothing is deleted:",
            "%(count)s entries are no longer shown in the portal. Nothing is deleted:",
            count,
        ) % {"count": count}
        reasons = reasons_to_hide([row.pk for row in hidden])
        reasons = reasons or [_("Nobody confirmed it.")]
        context = {
            "intro": said,
            "paragraphs": [
                Text(_("Reason: %(reason)s") % {"reason": why}) for why in reasons
            ],
            "names": [Text(on_one_line(row.title)) for row in hidden],
            "link": f"{settings.PUBLIC_ADDRESS}{page}",
            "link_label": _("Show it again"),
            "after": "",
        }
        subject = ngettext(
            "%(count)s entry is no longer shown",
            "%(count)s entries are no longer shown",
            count,
        ) % {"count": count}
        mail = written("notice", subject, context)
    moment = int(first.hidden_at.timestamp()) if first.hidden_at else 0
    return mail.put(
        key=f"entry-hidden:{first.pk}:{moment}:office",
        recipient=settings.CARE_MAILBOX,
    )


def reasons_to_hide(entry_ids: Iterable[int]) -> list[str]:
    """What people wrote when they hid these entries last; nothing of daily runs."""
    events = last_hidings(entry_ids)
    return sorted({on_one_line(one.note) for one in events if one.by_id and one.note})


def last_hidings(entry_ids: Iterable[int]) -> QuerySet[CareEvent]:
    """The events that hid these entries last; without `by` it was a daily run."""
    return (
        CareEvent.objects.filter(
            entry__in=list(entry_ids),
            what=CareEvent.What.STEP,
            step=MaintainedEntry.Step.HIDDEN,
        )
        .order_by("entry_id", "-at", "-pk")
        .distinct("entry_id")
    )
