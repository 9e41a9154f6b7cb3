"""The one mail with everything that needs a person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import ngettext, override

from herne_bildung.freshness.emails.mail import Mail, on_one_line, written
from herne_bildung.freshness.emails.notices import last_hidings, reasons_to_hide
from herne_bildung.freshness.models import Digest
from herne_bildung.freshness.questions import Question, questions_of
from herne_bildung.freshness.tokens import link_of, opt_out_link_of
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.listing import listed_apart
from herne_bildung.lib.localized import Text

# More entries have their facts in short lines: none is left out, and the mail can
# still be read.
MOST_AT_LENGTH = 12
# Longest line of a fact in such a mail, the next one where it is too large. Gmail cuts
# HTML off after 102 kB; the text never is.
SHORTER = (300, 120, 60)
MOST_OF_HTML = 100_000


def digest_mail(digest: Digest, *, is_trial: bool = False) -> Mail:
    """The reminder of a digest, or what it tells of hidden entries, in its
    recipient's language. `is_trial`: it says that its link opens nothing.
    """
    language = digest.recipient.language
    with override(language):
        questions = [one for one in questions_of(digest, language) if one.is_open]
        count = len(questions)
        opt_out = opt_out_link_of(digest)
        last_day = digest.expires_at.astimezone(clock.BERLIN).date()
        context = {
            "count": count,
            "is_compact": count > MOST_AT_LENGTH,
            "link": link_of(digest),
            "valid_until": day_in_words(last_day, language),
            "opt_out": opt_out,
            "is_requested": digest.is_requested,
            "is_trial": is_trial,
            "tells_hidden": digest.tells_hidden,
            **(_why_hidden(questions) if digest.tells_hidden else {}),
        }
        subject = _subject(digest, count)
        text = ""
        for longest in SHORTER if count > MOST_AT_LENGTH else SHORTER[:1]:
            context["questions"] = [_shown(one, longest) for one in questions]
            mail = written("digest", subject, context, list_unsubscribe=opt_out)
            text = text or mail.text
            if len(mail.html.encode()) <= MOST_OF_HTML:
                break
        return replace(mail, text=text)


def _subject(digest: Digest, count: int) -> str:
    if digest.tells_hidden:
        text = ngettext(
            "%(count)s entry is no longer shown",
            "%(count)s entries are no longer shown",
            count,
        )
    else:
        text = ngettext(
            "%(count)s entry: please check", "%(count)s entries: please check", count
        )
    return text % {"count": count}


def _why_hidden(questions: Sequence[Question]) -> dict[str, Any]:
    """Whether staff hid these entries, and why; German, as they wrote it."""
    ids = [one.item.entry_id for one in questions]
    by_staff = [event.by_id is not None for event in last_hidings(ids)]
    return {
        "reasons": reasons_to_hide(ids),
        "hidden_by_staff": bool(by_staff) and all(by_staff),
    }


def _shown(one: Question, longest: int) -> dict[str, Any]:
    return {
        "title": _line(one.title),
        "organisation": _line(one.organisation),
        "due": one.due,
        "groups": [
            {
                "label": group.label,
                "facts": [
                    {
                        "label": fact.label,
                        "lines": [_line(text, longest) for text in fact.lines],
                        "joined": listed_apart(
                            _line(text, longest).text for text in fact.lines
                        ),
                    }
                    for fact in group.facts
                ],
            }
            for group in one.asked
        ],
    }


def _line(text: Text, longest: int = SHORTER[0]) -> Text:
    return Text(on_one_line(text.text, longest), text.lang, text.dir)
