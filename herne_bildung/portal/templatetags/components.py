"""Components that stand on every page, or on one page many times, rendered quickly;
see herne_bildung.lib.stencil.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from herne_bildung.lib.listing import listed
from herne_bildung.lib.stencil import fill, marked, text_values, together

register = template.Library()

CARD_TEXTS = (
    "topics",
    "next_date",
    "district_names",
    "distance",
    "ages",
    "cost",
    "language_names",
    "documented",
    "overdue",
)
# Stands for the count of a choice until it is known.
COUNT = "\x02"


@register.filter
def before_what_it_says(label: str) -> str:
    """A label with a colon, but for a question, which needs none."""
    return f"{label}" if f"{label}".endswith((":", "?", "؟")) else f"{label}:"


@register.simple_tag
def stencil(name: str, **texts: str) -> SafeString:
    """A component that depends on a few texts only, filled instead of rendered."""
    values = {argument: escape(str(text)) for argument, text in texts.items()}
    return together([fill(name, values)])


@register.simple_tag
def language_links(languages: Iterable[Mapping[str, str]], current: str) -> SafeString:
    """Links to this page in every language, each by components/language_link.html."""
    return together(
        fill(
            "components/language_link.html",
            {
                "url": escape(language["url"]),
                "code": language["code"],
                "dir": language["dir"],
                "native_name": escape(language["native_name"]),
                "is_current": language["code"] == current,
            },
        )
        for language in languages
    )


@register.simple_tag
def facet_choices(
    choices: Iterable[Mapping[str, Any]], name: str, kind: str = ""
) -> SafeString:
    """The choices of a filter group, each by components/facet_choice.html.

    A choice has value, label, depth, count (surely fit), maybe (may fit besides)
    and checked; `kind` is "radio", else they are checkboxes.
    """
    around = _around_count.__wrapped__ if settings.DEBUG else _around_count
    language = get_language()
    parts = []
    for choice in choices:
        count = choice["count"]
        before, after = around(
            language,
            name,
            kind or "checkbox",
            str(choice["value"]),
            str(choice["label"]),
            choice.get("depth") or 0,
            bool(choice.get("checked")),
            not (count or choice.get("maybe")),
        )
        parts.append(f"{before}{count}{after}")
    return together(parts)


@lru_cache(maxsize=4096)
def _around_count(
    language: str | None,
    name: str,
    kind: str,
    value: str,
    label: str,
    depth: int,
    is_checked: bool,
    is_empty: bool,
) -> tuple[str, str]:
    """A choice before and after its count, which alone differs from page to page."""
    html = fill(
        "components/facet_choice.html",
        {
            "name": escape(name),
            "kind": kind,
            "value": escape(value),
            "label": escape(label),
            "count": COUNT,
            "depth": str(depth or ""),
            "is_checked": is_checked,
            "is_empty": is_empty,
        },
    )
    before, _, after = html.partition(COUNT)
    return before, after


@register.simple_tag
def offer_cards(cards: Iterable[Mapping[str, Any]]) -> SafeString:
    """Offers as list entries, each by components/offer_card.html.

    A card has url, title {text, lang, dir, segments [{text, hit}]}, summary and
    provider (Text or empty), may_fit_reasons (list), is_sample, and the texts topics,
    district_names, language_names, ages, next_date, cost, documented and overdue;
    badges {text, kind, icon}; and, where it ended, its follower (title, url).
    """
    return together(
        f"<li>{fill('components/offer_card.html', card_values(card))}</li>"
        for card in cards
    )


def card_values(card: Mapping[str, Any]) -> dict[str, str | bool]:
    """A card as flat, escaped values; its optional parts may be missing."""
    title = card["title"]
    values: dict[str, str | bool] = {
        "url": escape(card["url"]),
        "title": marked(title.get("segments")) or escape(title["text"]),
        "title_lang": title.get("lang", ""),
        "title_dir": title.get("dir", ""),
        **text_values("summary", card.get("summary")),
        **text_values("provider", card.get("provider")),
        "reasons": escape(listed(card.get("may_fit_reasons") or ())),
        "is_sample": bool(card.get("is_sample")),
    }
    values["badges"] = together(
        fill(
            "components/card_badge.html",
            {key: escape(text) for key, text in one.items()},
        )
        for one in card.get("badges") or ()
    )
    if follower := card.get("follower"):
        values["follower_url"] = escape(follower.url)
        values |= text_values("follower", follower.title)
    for name in CARD_TEXTS:
        values[name] = escape(str(card.get(name) or ""))
    return values
