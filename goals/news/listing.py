"""News as the list, a page and the feed show them."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.in_words import goal_link, goals_step, source_of
from goals.models import Goal, NewsItem
from herne_bildung.freshness.subscriptions import follow_path
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.feeds import SteadyFeed, absolute
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 10
FEED_ENTRIES = 30
# All of them are followed at once: the key of a subscription.
ALL_NEWS = "alle"
# Feeds want a time of day; people gave a day.
NOON = time(12)


@dataclass(frozen=True, slots=True)
class NewsList:
    """One page of the list, as `goals/news/list.html` shows it."""

    cards: list[dict[str, Any]]
    pager: dict[str, Any]
    is_page_known: bool
    follow_url: str

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step()]

    @property
    def has_fallback(self) -> bool:
        """Whether a card shows German to readers of another language."""
        return any(card["title"].lang or card["summary"].lang for card in self.cards)


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One item, as `goals/news/item.html` shows it."""

    entry: NewsItem
    title: Text
    summary: Text
    text: Text
    day: str
    links: list[dict[str, Any]]
    goals: list[dict[str, Any]]
    source: dict[str, str]
    follow_url: str

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        here = {"label": _("News of the Bildungsbüro"), "url": reverse("news")}
        return [goals_step(), here]

    @property
    def has_fallback(self) -> bool:
        """Whether something is German for lack of another language."""
        return any(text.lang for text in (self.title, self.summary, self.text))


def shown_items() -> QuerySet[NewsItem]:
    """What everyone sees today."""
    return NewsItem.objects.shown(clock.today())


def with_page(items: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
    """These with what their page shows."""
    goals = Goal.objects.published().select_related("period")
    return items.prefetch_related("links", Prefetch("goals", goals))


def news_list(page: str | None, path: str, language: str) -> NewsList:
    """A page of the list, the latest first."""
    items = shown_items()
    total = items.count()
    number, is_known = page_number(page, total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    rows = items[paging.offset : paging.offset + PER_PAGE] if total else []
    return NewsList(
        cards=[_card(row, language) for row in rows],
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
        is_page_known=is_known,
        follow_url=follow_path("news", ALL_NEWS),
    )


def _card(item: NewsItem, language: str) -> dict[str, Any]:
    return {
        "title": localized_entry(item, "title", language),
        "summary": localized_entry(item, "summary", language),
        "url": reverse("news_item", args=[item.slug]),
        "day": day_in_words(item.published_on, language),
        "iso_day": item.published_on.isoformat(),
        "is_sample": item.is_sample,
    }


def news_page(item: NewsItem, language: str) -> NewsPage:
    """Everything the page of an item shows."""
    return NewsPage(
        entry=item,
        title=localized_entry(item, "title", language),
        summary=localized_entry(item, "summary", language),
        text=localized_entry(item, "text", language),
        day=day_in_words(item.published_on, language),
        links=[
            {"title": localized_entry(link, "title", language), "url": link.url}
            for link in item.links.all()
        ],
        goals=[goal_link(goal, language) for goal in item.goals.all()],
        source=source_of(item),
        follow_url=follow_path("news", ALL_NEWS),
    )


def news_feed(language: str) -> str:
    """The latest items as a feed (Atom), without samples, with absolute addresses."""
    feed = SteadyFeed(
        title=_("Lernen! in Herne: news of the Bildungsbüro"),
        link=absolute(reverse("news")),
        feed_url=absolute(reverse("news_feed")),
        description=None,
        subtitle=_("What is new about education in Herne, the latest first."),
        language=BY_CODE[language].spoken_code,
        author_name="Lernen! in Herne",
    )
    for item in shown_items().filter(is_sample=False)[:FEED_ENTRIES]:
        url = absolute(reverse("news_item", args=[item.slug]))
        feed.add_item(
            title=str(localized_entry(item, "title", language)),
            link=url,
            unique_id=url,
            description=str(localized_entry(item, "summary", language)),
            pubdate=clock.at(item.published_on, NOON),
            updateddate=item.updated_at,
        )
    return feed.writeString("utf-8")
