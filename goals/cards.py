"""Goals as cards of the site search."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from goals.in_words import goal_url, years
from goals.models import Goal
from herne_bildung.lib import analyser
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.localized import localized_entry

Card = dict[str, Any]


def cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Cards of these goals in their order; one query."""
    found = Goal.objects.published().select_related("period").in_bulk(list(ids))
    groups = analyser.query_groups(words, language)
    return [
        {
            "url": goal_url(goal),
            "title": card_title(
                localized_entry(goal, "title", language), groups, language
            ),
            "topics": _("Action goals %(years)s") % {"years": years(goal.period)},
            "summary": localized_entry(goal, "short", language),
            "is_sample": goal.is_sample,
        }
        for goal in (found[pk] for pk in ids if pk in found)
    ]
