"""The slip to take along: what one needs to go to an office, in one or two languages.

It knows nothing of the person: what it says of their concern stands in its address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from counselling.models import CounsellingOffice
from counselling.office_page import (
    address_lines,
    general_office,
    is_known,
    reached,
    role_as_shown,
)
from counselling.offices import directory_step
from counselling.openings import (
    IsHoliday,
    Opening,
    calendar,
    opening_of,
    times_in_words,
    times_of,
)
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    notice_of_document,
)
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, full_day_in_words
from herne_bildung.lib.languages import BY_CODE, LANGUAGES, Language, with_second
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.public_holidays import is_public_holiday
from herne_bildung.lib.qr_codes import inline_svg

ONE_DAY = timedelta(days=1)
SUNDAY = 6


@dataclass(slots=True)
class Half:
    """The slip in one language; everything in it is in that language, or says
    otherwise.
    """

    language: Language
    made: str
    name: Text
    concern: Text | None
    opening: Opening
    next_opening: str
    role: dict[str, Any] | None
    reached: dict[str, str]
    address_lines: list[str]
    what_to_bring: Text
    interpreting: str
    to_ask: dict[str, Any] | None
    freshness: Freshness | None
    documented: str
    address: str

    @property
    def code(self) -> SafeString:
        """The address of the office's page as a picture that cameras read."""
        return inline_svg(self.address)


@dataclass(slots=True)
class Slip:
    """What `counselling/slip.html` shows."""

    office: CounsellingOffice
    name: Text
    concern_key: str
    halves: list[Half]
    # To choose the second language from.
    languages: list[Language]

    @property
    def second(self) -> str:
        """The code of the second language; empty where there is one only."""
        return self.halves[1].language.code if len(self.halves) > 1 else ""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The way back up, for the breadcrumb."""
        return [
            directory_step(),
            {"label": self.name, "url": reverse("office", args=[self.office.slug])},
        ]

    @property
    def changes(self) -> list[datetime | None]:
        """When it reads otherwise."""
        return [half.opening.changes for half in self.halves]


def slip(office: CounsellingOffice, data: Mapping[str, str], language: str) -> Slip:
    """The slip for an address; parameters that name nothing are not heard."""
    concern_key = _known_concern(office, data.get("concern", ""))
    chosen = with_second(language, data.get("with", ""))
    is_holiday = calendar()
    halves = []
    for code in chosen:
        with translation.override(code):
            halves.append(half(office, concern_key, is_holiday, code))
    return Slip(
        office=office,
        name=localized_entry(office, "name", language),
        concern_key=concern_key,
        halves=halves,
        languages=[one for one in LANGUAGES if one.code != language],
    )


def _known_concern(office: CounsellingOffice, key: str) -> str:
    """The key, where the office or somebody in it is there for that; else nothing."""
    concerns = [link.concern for link in office.concern_links.all()]
    for role in office.shown_roles:
        concerns += role.concerns.all()
    return key if any(concern.key == key for concern in concerns) else ""


def half(
    office: CounsellingOffice, concern_key: str, is_holiday: IsHoliday, language: str
) -> Half:
    """The slip in the language that is active."""
    role = office.role_for(concern_key)
    lines, found = address_lines(office), reached(office, role)
    freshness = freshness_of("office", office, language)
    opening = opening_of(office, is_holiday, language)
    page = reverse("office", args=[office.slug])
    return Half(
        language=BY_CODE[language],
        made=day_in_words(clock.today(), language),
        name=localized_entry(office, "name", language),
        concern=next(
            (
                localized_entry(link.concern, "name", language)
                for link in office.concern_links.all()
                if link.concern.key == concern_key
            ),
            None,
        ),
        opening=opening,
        next_opening=_next_opening(office, opening, is_holiday, language),
        role=role_as_shown(role, language) if role else None,
        reached=found,
        address_lines=lines,
        what_to_bring=localized_entry(office, "what_to_bring", language),
        interpreting=_interpreting(office, language),
        to_ask=(None if lines or is_known(found) else general_office(office, language)),
        freshness=freshness,
        documented=notice_of_document(office.as_of, freshness),
        address=f"{settings.PUBLIC_ADDRESS}{page}",
    )


def _next_opening(
    office: CounsellingOffice, opening: Opening, is_holiday: IsHoliday, language: str
) -> str:
    """The next day it is open with its hours: paper is read later than written, so
    no "today". Where the hours are not known, what is said instead.
    """
    if opening.next is None:
        return opening.text
    now, day = clock.now(), opening.next.astimezone(clock.BERLIN).date()
    spans = [
        times_in_words(span)
        for span in times_of(office, is_holiday).spans(day)
        if span.closes_at(day) > now
    ]
    return f"{full_day_in_words(day, language)}: {listed(spans)}"


def _interpreting(office: CounsellingOffice, language: str) -> str:
    if not office.has_interpreting:
        return ""
    if not office.interpreting_days:
        return _("can be arranged")
    day = first_day_with_interpreter(clock.today(), office.interpreting_days)
    return _("not before %(day)s, if you ask today") % {
        "day": full_day_in_words(day, language)
    }


def first_day_with_interpreter(today: date, days_ahead: int) -> date:
    """The first day an interpreter can be there: on no Sunday and no holiday."""
    day = today + timedelta(days=days_ahead)
    while day.weekday() == SUNDAY or is_public_holiday(day):
        day += ONE_DAY
    return day
