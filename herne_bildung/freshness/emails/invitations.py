"""The first mail to an address: may we ask?"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.emails.mail import Mail, written
from herne_bildung.freshness.models import Recipient
from herne_bildung.freshness.tokens import invitation_link_of
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry


def _request(organisations: list[str]) -> str:
    """What the mail is about, in a sentence."""
    if not organisations:
        return _(
            "the education portal “Lernen! in Herne” would like to ask this address"
            " whether entries there are still correct."
        )
    return _(
        "the education portal “Lernen! in Herne” would like to ask this address"
        " whether the entries of %(names)s are still correct."
    ) % {"names": listed(organisations)}


def invitation_mail(recipient: Recipient) -> Mail:
    """Ask an address (`invited_at` is set) whether reminders may go there."""
    language = recipient.language
    with override(language):
        organisations = [
            _("“%(name)s”")
            % {"name": localized_entry(one.organisation, "name", language).text}
            for one in recipient.responsibilities.select_related("organisation")
        ]
        link = invitation_link_of(recipient)
        context = {
            "paragraphs": [
                Text(_request(organisations)),
                Text(
                    _(
                        "The portal shows families in Herne what there is "
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
            "is_invitation": True,
            "link": link,
            "link_label": _("Yes or no"),
            "after": _("We will not write again without your yes."),
        }
        return written("notice", _("May we ask you about your entries?"), context)
