"""Offers that follow one another: who ended leads to what there is now.

A list needs one query for all its offers (`offerings.chains`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, columns, localized, localized_entry
from offerings.chains import CHAIN_SQL, MOST
from offerings.models import Offering

# Of each of these the first that takes place, else the last that has a page.
FOLLOWERS_SQL = f"""{CHAIN_SQL}
SELECT DISTINCT ON (chain.first_id) chain.first_id, o.slug, {{}}
FROM chain JOIN offerings_offering AS o ON o.id = chain.id
WHERE o.state = 'published' AND o.id <> chain.first_id
  AND (o.visible_from IS NULL OR o.visible_from <= %s)
  AND (o.visible_until IS NULL OR o.visible_until >= %s)
ORDER BY chain.first_id, (o.ends_on IS NULL OR o.ends_on >= %s) DESC,
  CASE WHEN o.ends_on IS NULL OR o.ends_on >= %s THEN chain.steps ELSE -chain.steps END
"""  # noqa: S608  only names of columns of ours are put in


@dataclass(frozen=True, slots=True)
class Linked:
    """Another offer, by its title and address."""

    title: Text
    url: str


def followers(ids: Iterable[int], language: str) -> dict[int, Linked]:
    """For offers by id what readers find in their place: the first one of those that
    follow which takes place, else the last one that has a page. One query.
    """
    today = clock.today()
    names = columns("title", language=language)
    with connection.cursor() as cursor:
        shown = ", ".join(f"o.{name}" for name in names)
        days = [today, today, today, today]
        cursor.execute(FOLLOWERS_SQL.format(shown), [list(ids), MOST, *days])
        rows = cursor.fetchall()
    return {
        first: Linked(
            localized(dict(zip(names, titles, strict=True)), "title", language),
            reverse("offering", args=[slug]),
        )
        for first, slug, *titles in rows
    }


def follower(offering: Offering, language: str) -> Linked | None:
    """What readers find in the place of one offer; no query where it takes place."""
    following = offering.successor
    if following is None:
        return None
    if following.is_published_on(clock.today()) and not following.has_ended:
        return linked(following, language)
    return followers([offering.pk], language).get(offering.pk)


def followed(offering: Offering, language: str) -> list[Linked]:
    """The offers that this one follows and that readers saw, by name; one query."""
    today = clock.today()
    before = offering.predecessors.exclude(pk=offering.pk)
    rows = before.published(today) | before.gone(today)
    return [linked(row, language) for row in rows.order_by("sort_key", "pk")]


def linked(offering: Offering, language: str) -> Linked:
    """An offer as a link."""
    url = reverse("offering", args=[offering.slug])
    return Linked(localized_entry(offering, "title", language), url)
