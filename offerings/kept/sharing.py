"""How a list of kept offers is handed on: a link, a QR code, a mail to oneself.

Nothing is sent by us: the list stands in its address, the mail is written by the
reader's own program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.qr_codes import inline_svg
from offerings.cards import Card

# Longer addresses make squares that old cameras cannot tell apart on a screen.
LONGEST_CODE = 700
# Mail programs cut or refuse longer links (Outlook at 2,048 signs).
LONGEST_MAIL = 1900


@dataclass(frozen=True, slots=True)
class Sharing:
    """`path` is the list's address on this site."""

    path: str
    cards: Sequence[Card]

    @property
    def link(self) -> str:
        """The list, for others."""
        return absolute(self.path)

    @property
    def code(self) -> SafeString | None:
        """The link as a picture that cameras read; None where the list is too long."""
        if len(self.link) > LONGEST_CODE:
            return None
        return inline_svg(self.link, error="l")

    @property
    def mail(self) -> str:
        """A link that opens the reader's mail program with the list in it, without
        anyone to send it to. A long list is named by its address only.
        """
        subject = _("Kept offers from Lernen! in Herne")
        offers = [
            f"{card['title']['text']}\n{absolute(card['url'])}" for card in self.cards
        ]
        whole = "\n\n".join([*offers, _("The whole list:"), self.link])
        found = mail_link(subject, whole)
        return found if len(found) <= LONGEST_MAIL else mail_link(subject, self.link)


def mail_link(subject: str, text: str) -> str:
    """A mail without a recipient (RFC 6068: lines end in CRLF)."""
    lines = text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(subject)}&body={quote(lines)}"
