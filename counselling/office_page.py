"""One office as its page shows it: every fact in words, unknown ones said so."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from counselling.choices import Audience, Hours, Way
from counselling.models import ContactRole, CounsellingOffice
from counselling.offices import directory_link, directory_step, slip_link, where
from counselling.openings import (
    Opening,
    calendar,
    exceptions_in_words,
    opening_of,
    week_in_words,
)
from herne_bildung.city.contact import contact, phone_url
from herne_bildung.city.models import School
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    notice_of_document,
    report_path,
)
from herne_bildung.lib import clock
from herne_bildung.lib.either import either
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry

State = CounsellingOffice.State


@dataclass(slots=True)
class OfficePage:
    """What `counselling/office.html` shows. `entry` is the office itself."""

    entry: CounsellingOffice
    name: Text
    summary: Text
    description: Text
    what_to_bring: Text
    organisation: Text | None
    concerns: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    unknown: str
    opening: Opening
    week: list[dict[str, Any]]
    exceptions: list[str]
    hours_note: Text
    roles: list[dict[str, Any]]
    contact: dict[str, Any] | None
    # Whom to ask instead, where nobody knows how to reach this one.
    to_ask: dict[str, Any] | None
    freshness: Freshness | None

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [directory_step()]

    @property
    def is_history(self) -> bool:
        """It was only planned: nobody can go there."""
        return self.entry.state == State.PLANNED

    @property
    def has_known_hours(self) -> bool:
        return self.entry.hours == Hours.KNOWN

    @property
    def documented(self) -> str:
        """ "As of 2017, never confirmed", or nothing."""
        return notice_of_document(self.entry.as_of, self.freshness)

    @property
    def organisation_url(self) -> str:
        """Its page; empty where there is none."""
        found = self.entry.organisation
        is_listed = found and found.status == "active" and found.is_provider
        return kinds()["organisation"].page_path(found) if is_listed else ""

    @property
    def report_url(self) -> str:
        """Where readers say that something is wrong here; none for history."""
        is_public = self.entry.state == State.PUBLISHED
        return report_path("office", self.entry) if is_public else ""

    @property
    def slip_url(self) -> str:
        """Its slip to take along; history has none."""
        return slip_link(self.entry)

    @property
    def phone_url(self) -> str:
        return phone_url(self.entry.phone)


def office_page(office: CounsellingOffice, language: str) -> OfficePage:
    """Everything the page of an office shows, in a language."""
    found, unknown = facts(office, language)
    organisation = office.organisation
    if organisation and organisation.name_de == office.name_de:
        # It is the office itself.
        organisation = None
    known = contact(office, address_lines(office))
    return OfficePage(
        entry=office,
        name=localized_entry(office, "name", language),
        summary=localized_entry(office, "summary", language),
        description=localized_entry(office, "description", language),
        what_to_bring=localized_entry(office, "what_to_bring", language),
        organisation=organisation and localized_entry(organisation, "name", language),
        concerns=[
            {
                "name": localized_entry(link.concern, "name", language),
                "url": directory_link(link.concern.key),
            }
            for link in office.concern_links.all()
        ],
        facts=found,
        unknown=listed(unknown),
        opening=opening_of(office, calendar(), language),
        week=week_in_words(office, language),
        exceptions=exceptions_in_words(office, language),
        hours_note=localized_entry(office, "hours_note", language),
        roles=[role_as_shown(role, language) for role in office.shown_roles],
        contact=known,
        to_ask=None if known else general_office(office, language),
        freshness=freshness_of("office", office, language),
    )


def general_office(office: CounsellingOffice, language: str) -> dict[str, Any] | None:
    """The general office as people are sent to it from another one."""
    found = CounsellingOffice.objects.general().exclude(pk=office.pk).first()
    if found is None:
        return None
    return {
        "name": localized_entry(found, "name", language),
        "url": reverse("office", args=[found.slug]),
        "email": found.email,
        "phone": found.phone,
        "phone_url": phone_url(found.phone),
    }


def role_as_shown(role: ContactRole, language: str) -> dict[str, Any]:
    """A contact role as `components/contact_role.html` has it: first what it is for,
    a name only while its consent lasts.
    """
    return {
        "title": localized_entry(role, "title", language),
        "responsibility": localized_entry(role, "responsibility", language),
        "name": role.name_on(clock.today()),
        "phone": role.phone,
        "phone_url": phone_url(role.phone),
        "email": role.email,
        "is_general": role.is_general,
    }


def reached(office: CounsellingOffice, role: ContactRole | None) -> dict[str, str]:
    """How to reach a role there, else the office, else whom it belongs to."""
    asked = [role, office, office.organisation]
    phone = next((one.phone for one in asked if one and one.phone), "")
    email = next((one.email for one in asked if one and one.email), "")
    website = next((one.website for one in asked[1:] if one and one.website), "")
    return {
        "phone": phone,
        "phone_url": phone_url(phone),
        "email": email,
        "website": website,
        "website_label": urlsplit(website).hostname or "",
    }


def is_known(how: dict[str, str]) -> bool:
    """Whether there is any way to reach them."""
    return any(how[name] for name in ("phone", "email", "website"))


def facts(
    office: CounsellingOffice, language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """The facts that are known, in the order people ask for them, and the labels of
    those that are not.
    """
    asked = [
        (_("For whom"), "people", [str(Audience(c).label) for c in office.audiences]),
        (_("Responsible for"), "map", _area(office, language)),
        (
            _("Languages"),
            "speech",
            [language_name(code, language) for code in office.languages],
        ),
        (_("Interpreting"), "speech", _interpreting(office)),
        (_("How people are advised"), "info", [str(Way(c).label) for c in office.ways]),
        (
            _("Costs"),
            "coin",
            either(office.is_free, _("free of charge"), _("with costs")),
        ),
        (
            _("Anonymous"),
            "person",
            either(office.is_anonymous, _("You need not say your name."), _("no")),
        ),
        (_("Accessible"), "check", _accessible(office)),
    ]
    known = [
        {"label": label, "icon": icon, "lines": [listed(lines)]}
        for label, icon, lines in asked
        if lines
    ]
    return known, [label for label, _icon, lines in asked if not lines]


def _area(office: CounsellingOffice, language: str) -> list[str]:
    responsible = office.is_citywide or office.districts.all()
    area = where(office, language) if responsible else []
    return [*area, *(str(School.Form(code).label) for code in office.school_forms)]


def _interpreting(office: CounsellingOffice) -> list[str]:
    if office.has_interpreting is None:
        return []
    if not office.has_interpreting:
        return [_("cannot be arranged")]
    if not office.interpreting_days:
        return [_("can be arranged")]
    text = _("can be arranged, please ask %(days)s days ahead")
    return [text % {"days": office.interpreting_days}]


def _accessible(office: CounsellingOffice) -> list[str]:
    note = [office.accessibility_note] if office.accessibility_note else []
    return [*either(office.is_accessible_there, _("yes"), _("no")), *note]


def address_lines(office: CounsellingOffice) -> list[str]:
    """Where it is, line by line; nothing where that is not known."""
    place = office.place
    if place is None or not place.street:
        return []
    return [line for line in (place.name, *place.address_lines) if line]
