"""The one mail with everything that needs a person."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext, override

from herne_bildung.freshness.emails.mail import Mail, on_one_line, written
from herne_bildung.freshness.emails.notices import reasons_to_hide
from herne_bildung.freshness.models import Digest
from herne_bildung.freshness.questions import Question, questions_of
from herne_bildung.freshness.tokens import link_of, opt_out_link_of
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.listing import listed_apart
from herne_bildung.lib.localized import Text

# Of more entries the mail gives titles and dates, and the page the facts: all are
# named, and the mail can still be read.
MOST_WITH_FACTS = 12


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
            "questions": [
                _shown(one, with_facts=count <= MOST_WITH_FACTS) for one in questions
            ],
            "link": link_of(digest),
            "valid_until": day_in_words(last_day, language),
            "opt_out": opt_out,
            "is_requested": digest.is_requested,
            "is_trial": is_trial,
            "tells_hidden": digest.tells_hidden,
            "reasons": reasons_of(questions) if digest.tells_hidden else [],
        }
        subject = _subject(digest, count)
        return written("digest", subject, context, list_unsubscribe=opt_out)


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


def reasons_of(questions: Sequence[Question]) -> list[str]:
    """Why staff hid these entries; German, as they wrote it."""
    return reasons_to_hide([one.item.entry_id for one in questions])


def _shown(one: Question, *, with_facts: bool) -> dict[str, Any]:
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
                        "lines": [_line(text) for text in fact.lines],
                        "joined": listed_apart(_line(text).text for text in fact.lines),
                    }
                    for fact in group.facts
                ],
            }
            for group in one.asked
            if with_facts
        ],
    }


def _line(text: Text) -> Text:
    return Text(on_one_line(text.text), text.lang, text.dir)
