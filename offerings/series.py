"""One offer at several places: made from one template, linked to it ever after.

What an offer is (texts, topics, ages, whom it is for) is shared; where, when, what it
costs and whom to ask stays with each. A change of the template changes nothing by
itself: each offer of the series says what is new, and its people take it over or keep
theirs.
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from herne_bildung.lib.languages import LANGUAGES
from offerings.models import Offering

TEXTS = ("title", "summary", "description")
TEXT_COLUMNS = {
    f"{text}_{language.column}": (text, language.code)
    for text in TEXTS
    for language in LANGUAGES
}
AGES = ("age_min_months", "age_max_months")
FACTS = {
    "topics": ("topics",),
    "ages": AGES,
    "target_groups": ("target_groups",),
    "only_for": ("only_for",),
    "languages": ("languages",),
    "format": ("format",),
    "has_childcare": ("has_childcare",),
    "is_holiday_programme": ("is_holiday_programme",),
    "quality_areas": ("quality_areas",),
}
# What is shared, and the columns it stands in.
SHARED = {column: (column,) for column in TEXT_COLUMNS} | FACTS


def value(offering: Offering, name: str) -> Any:
    """What an offer says for something shared, as JSON knows it."""
    if name == "topics":
        return sorted(topic.pk for topic in offering.topics.all())
    values = [getattr(offering, column) for column in SHARED[name]]
    if name in {"target_groups", "languages", "quality_areas"}:
        return sorted(values[0])
    return values if len(values) > 1 else ("" if values[0] is None else values[0])


def digest(offering: Offering, name: str) -> str:
    text = json.dumps(value(offering, name), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def news(member: Offering, template: Offering) -> list[str]:
    """What the template changed since it was taken over or looked at, and differs."""
    return [
        name
        for name in SHARED
        if member.template_seen.get(name) != digest(template, name)
        and value(member, name) != value(template, name)
    ]


def note_news(ids: Collection[int]) -> None:
    """Note what is new for offers of series after these offers changed."""
    changed = []
    for member in (
        Offering.objects.filter(Q(template_id__in=ids) | Q(pk__in=ids))
        .exclude(template=None)
        .select_related("template")
        .prefetch_related("topics", "template__topics")
    ):
        found = news(member, member.template)
        if found != member.template_news:
            member.template_news = found
            changed.append(member)
    if changed:
        Offering.objects.bulk_update(changed, ["template_news"])
