"""The mail after an answer that takes an entry off somebody's list."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.emails.mail import (
    Mail,
    on_one_line,
    valid_until,
    written,
)
from herne_bildung.freshness.models import DigestItem
from herne_bildung.freshness.questions import one_question
from herne_bildung.freshness.tokens import link_of, opt_out_link_of
from herne_bildung.lib.localized import Text


def receipt_mail(item: DigestItem) -> Mail:
    """What was noted after "has ended" or "not mine any more", and how to undo it."""
    digest = item.digest
    with override(digest.recipient.language):
        one = one_question(item, digest.recipient.language)
        title = on_one_line(one.title.text)
        if item.decision == DigestItem.Decision.ENDED:
            said = _("You told us that this does not exist any more.")
            follows = _("It is no longer shown in the portal. Nothing is deleted.")
            subject = _("“%(title)s” has ended") % {"title": title}
        else:
            said = _("You told us that you do not look after this any more.")
            follows = _("We will ask someone else. Nothing changes in the portal.")
            subject = _("“%(title)s”: we will ask someone else") % {"title": title}
        context = {
            "names": [Text(title, one.title.lang, one.title.dir)],
            "paragraphs": [Text(said), Text(follows)],
            "link": f"{link_of(digest)}#item-{item.pk}",
            "link_label": _("That was a mistake? Undo it here"),
            "after": valid_until(digest),
            "opt_out": opt_out_link_of(digest),
        }
        return written("notice", subject, context)
