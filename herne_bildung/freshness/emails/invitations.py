"""The first mail to an address: may we ask?"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.emails.mail import Mail, written
from herne_bildung.freshness.models import Recipient
from herne_bildung.freshness.tokens import invitation_link_of
from herne_bildung.lib.localized import Text, localized_entry


def invitation_mail(recipient: Recipient) -> Mail:
    """Ask an address (`invited_at` is set) whether reminders may go there."""
    language = recipient.language
    with override(language):
        organisations = [
            localized_entry(one.organisation, "name", language)
            for one in recipient.responsibilities.select_related("organisation")
        ]
        link = invitation_link_of(recipient)
        context = {
            "paragraphs": [
                Text(
                    _(
                        "the education portal shows families in Herne what there is "
                        "for them. You know best whether your entries are still "
                        "correct."
                    )
                ),
                Text(
                    _(
                        "May we ask you from time to time? It is one mail with all "
                        "entries, and one click each, without signing in."
                    )
                ),
            ],
            "names": organisations,
            "link": link,
            "link_label": _("Yes or no"),
            "after": _("We will not write again without your yes."),
        }
        return written("notice", _("May we ask you about your entries?"), context)
