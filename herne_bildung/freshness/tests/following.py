"""Something to follow, for tests, and the steps of a reader."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from herne_bildung.freshness.actions import subscriptions as actions
from herne_bildung.freshness.models import Subscriber, Subscription
from herne_bildung.freshness.subscription_tokens import (
    link_to_confirm,
    link_to_manage,
)
from herne_bildung.freshness.subscriptions import ItemKind, News, Thing
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text

GERMAN = {"rathaus": "Brett am Rathaus", "markt": "Brett am Markt"}


class BoardKind(ItemKind):
    """Notice boards; a test pins notes to them and takes them off."""

    name, word, label = "board", "brett", "notice board"
    days_between = 1

    def __init__(self) -> None:
        self.broken = ""
        self.boards = dict(GERMAN)
        self.notes: dict[str, dict[str, str]] = {key: {} for key in GERMAN}

    def pin(self, key: str, *texts: str) -> None:
        self.notes[key] |= {text: text for text in texts}

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        foreign = () if language == "de" else ("de", "ltr")
        return {
            key: Thing(Text(self.boards[key], *foreign), f"/{language}/brett/{key}/")
            for key in keys
            if key in self.boards
        }

    def items(self, key: str, language: str) -> Mapping[str, News]:
        if key == self.broken:
            raise ValueError("this board cannot be read")
        foreign = () if language == "de" else ("de", "ltr")
        return {
            mark: News("Zettel", Text(text, *foreign), path=f"/{language}/brett/{key}/")
            for mark, text in self.notes[key].items()
        }


def follow(
    email: str = "leserin@example.org",
    key: str = "rathaus",
    language: str = "de",
    kind: str = "board",
) -> Subscription:
    """Somebody who asked for it and confirmed it a minute later."""
    asked = asked_for(email, key, language, kind)
    clock.shift(clock._shift + timedelta(minutes=1))
    return actions.confirm(asked)


def asked_for(
    email: str = "leserin@example.org",
    key: str = "rathaus",
    language: str = "de",
    kind: str = "board",
) -> Subscription:
    """Somebody entered an address, and nobody confirmed it yet."""
    subscriber, _ = Subscriber.objects.get_or_create(
        email=email, defaults={"language": language}
    )
    return Subscription.objects.create(
        subscriber=subscriber,
        kind=kind,
        key=key,
        language=language,
        asked_at=clock.now(),
    )


def later(**time: float) -> None:
    """Some time goes by."""
    clock.shift(clock._shift + timedelta(**time))


def example_subscription(*, is_confirmed: bool) -> str:
    """A link to manage, or to confirm, for the tests of all pages."""
    email = f"verfolgt-{is_confirmed}@example.org"
    row = Subscription.objects.filter(subscriber__email=email).first()
    row = row or asked_for(email, key="alle", kind="news")
    if not is_confirmed:
        return link_to_confirm(row)
    if row.confirmed_at is None:
        row = actions.confirm(row)
    return link_to_manage(row.subscriber)
