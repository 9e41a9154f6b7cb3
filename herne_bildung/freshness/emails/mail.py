"""A mail before it goes into the outbox, as text and HTML from templates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.freshness.actions.outbox import put_in_outbox
from herne_bildung.freshness.models import Digest, OutgoingMail
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, direction

EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject, text, HTML; `list_unsubscribe` is the address of the opt-out page,
    which a POST of mail programs may reach without the page (`is_one_click`).
    """

    subject: str
    text: str
    html: str = ""
    list_unsubscribe: str = ""
    reply_to: str = ""
    is_one_click: bool = False

    def put(
        self, *, key: str, recipient: str, wait: timedelta = timedelta(0)
    ) -> OutgoingMail:
        """Into the outbox, in the transaction of its reason; it goes after `wait`."""
        return put_in_outbox(
            key=key,
            recipient=recipient,
            subject=self.subject,
            text=self.text,
            html=self.html,
            reply_to=self.reply_to,
            list_unsubscribe=self.list_unsubscribe,
            is_one_click=self.is_one_click,
            wait=wait,
        )

    def put_instead(self, waiting: OutgoingMail) -> OutgoingMail:
        """Say this in a mail that `outbox.still_here` gave."""
        waiting.text, waiting.html = self.text, self.html
        waiting.save(update_fields=["text", "html"])
        return waiting


def written(
    name: str,
    subject: str,
    context: Mapping[str, Any],
    *,
    list_unsubscribe: str = "",
    is_one_click: bool = False,
) -> Mail:
    """The mail of the templates `email/<name>.txt` and `.html`, in the active
    language.
    """
    language = get_language() or DEFAULT_LANGUAGE
    context = {
        **context,
        "subject": subject,
        "language": language,
        "dir": direction(language),
        "office": office_address(),
        "home": f"{settings.PUBLIC_ADDRESS}/{language}/",
    }
    return Mail(
        subject=subject,
        text=tidy(render_to_string(f"email/{name}.txt", context)),
        html=render_to_string(f"email/{name}.html", context),
        list_unsubscribe=list_unsubscribe,
        is_one_click=is_one_click,
        reply_to=office_address(),
    )


def office_address() -> str:
    """Whom to ask; empty while no real mailbox is set."""
    address = settings.CARE_MAILBOX
    return "" if address.endswith("@localhost") else address


def valid_until(digest: Digest) -> str:
    """Until when its link works, and for whom it is, in the active language."""
    day = digest.expires_at.astimezone(clock.BERLIN).date()
    words = day_in_words(day, get_language() or DEFAULT_LANGUAGE)
    text = _(
        "The link is valid until %(valid_until)s. Whoever has it can answer for you, "
        "so please pass it on only to colleagues."
    )
    return text % {"valid_until": words}


def tidy(text: str) -> str:
    """No more than one empty line in a row, no spaces at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return EMPTY_LINES.sub("\n\n", lines).strip() + "\n"


def on_one_line(text: str, longest: int = 300) -> str:
    """A text without line breaks; what is very long ends with "…"."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
