"""What a template changed, in words, fact by fact."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.listing import listed
from offerings.ages import age_range_in_words
from offerings.choices import Format, OnlyFor, QualityArea, TargetGroup
from offerings.models import Offering
from offerings.series import SHARED, TEXT_COLUMNS, value


@dataclass(frozen=True, slots=True)
class News:
    """One shared fact: `old` is what the offer says, `new` what its template says."""

    name: str
    label: str
    old: str
    new: str


def news_in_words(member: Offering, template: Offering) -> list[News]:
    """What the template changed that nobody decided about yet."""
    return [
        News(name, label(name), in_words(member, name), in_words(template, name))
        for name in member.template_news
        if name in SHARED and value(member, name) != value(template, name)
    ]


def label(name: str) -> str:
    if name == "ages":
        return _("Age")
    return str(Offering._meta.get_field(name).verbose_name)


def in_words(offering: Offering, name: str) -> str:
    """What an offer says for something shared; "–" for nothing."""
    found: Any = value(offering, name)
    if name == "topics":
        found = listed(str(topic) for topic in offering.topics.all())
    elif name == "ages":
        found = age_range_in_words(offering.age_min_months, offering.age_max_months)
    elif name == "target_groups":
        found = listed(str(TargetGroup(code).label) for code in found)
    elif name == "languages":
        found = listed(str(SpokenLanguage(code).label) for code in found)
    elif name == "quality_areas":
        found = listed(str(QualityArea(code).label) for code in found)
    elif name == "only_for":
        found = str(OnlyFor(found).label) if found else ""
    elif name == "format":
        found = str(Format(found).label) if found else ""
    elif name not in TEXT_COLUMNS:
        found = {True: _("yes"), False: _("no")}.get(found, "")
    return found or "–"
