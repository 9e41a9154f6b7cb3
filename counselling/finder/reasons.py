"""Why an office is named, in words; only what is known of it."""

from typing import Any

from django.utils.translation import gettext as _

from counselling.choices import Audience
from counselling.finder import ranking
from counselling.finder.answers import Found
from herne_bildung.city.reference import Districts
from herne_bildung.city.school_page import district_in_words
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.localized import isolated


def reasons(found: Found, reader: str, known: Districts) -> list[dict[str, Any]]:
    """Text and icon of each reason, in the order of the ranking."""
    said = [
        ("check", _("This is one of its main tasks") if found.facts.is_main else ""),
        ("people", _audience(found)),
        ("speech", _language(found, reader)),
        ("pin", _where(found, reader, known)),
        ("clock", found.opening.text if found.opening.is_open is not None else ""),
    ]
    return [{"icon": icon, "text": text} for icon, text in said if text]


def _audience(found: Found) -> str:
    if ranking.audience_fit(found.facts, found.wish) < 2:
        return ""
    people = Audience(found.wish.audience).label
    return _("for: %(people)s") % {"people": people}


def _language(found: Found, reader: str) -> str:
    fit = ranking.language_fit(found.facts, found.wish)
    if fit == 2:
        name = language_name(found.wish.language, reader)
        return _("spoken: %(language)s") % {"language": name}
    if fit == 0:
        return ""
    if days := found.office.interpreting_days:
        return _("interpreting can be arranged, %(days)s days ahead") % {"days": days}
    return _("interpreting can be arranged")


def _where(found: Found, reader: str, known: Districts) -> str:
    """In which district it is; where another one was asked for, that it is for that."""
    office, asked = found.office, known.by_key.get(found.wish.district)
    place = office.place
    there = place and place.district
    if asked and not (there and _is_inside(place.district_id, asked.key, known)):
        if office.is_citywide:
            return _("all of Herne")
        if asked.key in found.facts.districts:
            name = isolated(asked.name, reader)
            return _("responsible for: %(district)s") % {"district": name}
    if not there:
        return ""
    return district_in_words(place, isolated(there.name, reader))


def _is_inside(pk: int, key: str, known: Districts) -> bool:
    node = known.by_pk.get(pk)
    return node is not None and key in (node.key, *node.above)
