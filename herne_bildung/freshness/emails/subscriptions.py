"""Mails to people who follow something, in their language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.emails.mail import Mail, on_one_line, written
from herne_bildung.freshness.models import FOLLOWED_MAIL, Subscriber, Subscription
from herne_bildung.freshness.subscription_tokens import (
    WAITS,
    link_to_confirm,
    link_to_end,
    link_to_manage,
)
from herne_bildung.freshness.subscriptions import News, Thing, kinds, things_of
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text

# Keys of mails begin so; those of the first stop floods.
ASKED = f"{FOLLOWED_MAIL}ask:"
NEWS = f"{FOLLOWED_MAIL}news:"
END = f"{FOLLOWED_MAIL}end:"


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing in a mail, and what is new of it."""

    thing: Thing
    news: Sequence[News]


def how_often(days_between: int) -> str:
    """The promise of a kind, in the active language."""
    if days_between >= 7:
        return _("One mail a week at most.")
    return _("One mail a day at most.")


def please_confirm(subscription: Subscription) -> Mail:
    """Asks the owner of an address whether they want the mails."""
    with override(subscription.language):
        return written(
            "notice",
            _("Please confirm: news by mail"),
            {
                "intro": _(
                    "somebody, most likely you, wants mails about what is new here:"
                ),
                "names": _names([subscription], subscription.language),
                "paragraphs": [
                    Text(_often(subscription)),
                    Text(
                        _(
                            "Please open the link and press the button there. Without "
                            "it we send nothing and forget this address after "
                            "%(days)s days."
                        )
                        % {"days": WAITS.days}
                    ),
                    Text(_("If it was not you, you need not do anything.")),
                ],
                "link": link_to_confirm(subscription),
                "link_label": _("To the button"),
                "why": _(
                    "You get this mail because somebody entered this address in the "
                    "education portal of the city of Herne."
                ),
            },
        )


def already_followed(subscription: Subscription, language: str) -> Mail:
    """Nothing is to be confirmed; told to nobody but the owner of the address."""
    with override(language):
        return written(
            "notice",
            _("You follow this already"),
            {
                "intro": _("you get our mails already, so there is nothing to do:"),
                "names": _names([subscription], language),
                "paragraphs": [Text(_often(subscription))],
                "link": link_to_manage(subscription.subscriber),
                "link_label": _("What you follow here"),
                "why": _why(),
                "opt_out": link_to_end(subscription.subscriber),
            },
        )


def news_mail(subscriber: Subscriber, followed: Sequence[Followed]) -> Mail:
    """Everything new of what an address follows, in one mail."""
    with override(subscriber.language):
        subject = _("News of what you follow")
        if len(followed) == 1:
            subject = _("News: %(title)s") % {"title": followed[0].thing.title.text}
        link = link_to_end(subscriber)
        return written(
            "news",
            on_one_line(subject, 150),
            {
                "followed": followed,
                "root": settings.PUBLIC_ADDRESS,
                "manage": link_to_manage(subscriber),
                "why": _why(),
                "opt_out": link,
            },
            list_unsubscribe=link,
            is_one_click=True,
        )


def ends_soon(subscriber: Subscriber, rows: Sequence[Subscription]) -> Mail:
    """The mails end by themselves; a button lets them go on."""
    language = subscriber.language
    with override(language):
        day = day_in_words(min(row.ends_on for row in rows), language)
        link = link_to_end(subscriber)
        return written(
            "notice",
            _("Shall we go on writing to you?"),
            {
                "intro": _("you follow this by mail, until %(day)s:") % {"day": day},
                "names": _names(rows, language),
                "paragraphs": [
                    Text(
                        _(
                            "If you want the mails to go on, please press the button on"
                            " the page of this link. Otherwise they end by themselves, "
                            "and we forget your address."
                        )
                    )
                ],
                "link": link_to_manage(subscriber),
                "link_label": _("What you follow here"),
                "why": _why(),
                "opt_out": link,
            },
            list_unsubscribe=link,
            is_one_click=True,
        )


def _names(rows: Sequence[Subscription], language: str) -> list[Text]:
    """What these are called; words of a reader only once they are confirmed."""
    things = things_of(rows, language)
    found = [(row, things[row.kind, row.key]) for row in rows]
    return [
        thing.to_its_reader.title if row.confirmed_at else thing.title
        for row, thing in found
        if thing
    ]


def _often(subscription: Subscription) -> str:
    return how_often(kinds()[subscription.kind].days_between)


def _why() -> str:
    return _(
        "You get this mail because you follow something in the education portal of the "
        "city of Herne and confirmed it."
    )
