"""One body as its page shows it; what is not known is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goals.in_words import goals_step, role_as_shown
from goals.models import Body, BodyDocument, BodyMember, OrganisationRole
from goals.network.calendar import subscription
from goals.network.linked import linked, paper_path
from goals.network.queries import KIND, dates
from goals.network.words import body_path, name_of, shown_date
from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.emails.mail import office_address
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    report_path,
    state_of_document,
)
from herne_bildung.lib import clock
from herne_bildung.lib.dates import known_day_in_words
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager

# So many dates ahead are shown; the calendar file has more.
MOST_COMING = 30
PAST_PER_PAGE = 20
MOST_DOCUMENTS = 50


@dataclass(slots=True)
class BodyPage:
    """What `goals/network/body.html` shows. `entry` is the body itself."""

    entry: Body
    name: Text
    kind: str
    task: Text
    members: list[dict[str, Any]]
    role: dict[str, Any] | None
    # Whom to ask where no role is known or it cannot be reached.
    to_ask: dict[str, Any] | None
    coming: list[dict[str, Any]]
    past: list[dict[str, Any]]
    past_count: int
    is_page_known: bool
    pager: dict[str, Any]
    documents: list[dict[str, Any]]
    linked: dict[str, list[dict[str, Any]]]
    subscription: dict[str, str] | None
    freshness: Freshness | None

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step(), network_step()]

    @property
    def documented(self) -> str:
        """ "As of 2017, never confirmed", or nothing."""
        return state_of_document(self.entry.as_of, self.entry.care_confirmed_at)

    @property
    def is_fallback(self) -> bool:
        """True when something here is German for lack of another language."""
        return self.name.is_fallback or self.task.is_fallback

    @property
    def report_url(self) -> str:
        """Where readers say that something is wrong here."""
        return report_path(KIND, self.entry)


def network_step() -> dict[str, str]:
    """The network in a breadcrumb."""
    return {"label": _("Network of education"), "url": reverse("network")}


def body_page(body: Body, page: str | None, language: str) -> BodyPage:
    """Everything the page of a body shows; `page` is that of its past dates."""
    today = clock.today()
    own = dates().filter(body=body)
    before = own.filter(day__lt=today)
    past_count = before.count()
    number, is_known = page_number(page, past_count, PAST_PER_PAGE)
    paging = Paging(number, PAST_PER_PAGE, past_count)
    latest = before.order_by("-day", "-starts_at", "-pk") if past_count else ()
    past = latest[paging.offset : paging.offset + PAST_PER_PAGE]
    path = body_path(body)
    return BodyPage(
        entry=body,
        name=name_of(body, language),
        kind=body.get_kind_display(),
        task=localized_entry(body, "task", language),
        members=[shown_member(member, language) for member in body.members.all()],
        role=shown_role(body.role, language),
        to_ask=to_ask(body, language),
        coming=_shown(own.filter(day__gte=today)[:MOST_COMING], language),
        past=_shown(past, language),
        past_count=past_count,
        is_page_known=is_known,
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
        documents=shown_documents(body, language),
        linked=linked(body, language),
        subscription=(
            None
            if body.is_sample
            else subscription(reverse("body_calendar", args=[body.slug]))
        ),
        freshness=freshness_of(KIND, body, language),
    )


def _shown(found: Sequence, language: str) -> list[dict[str, Any]]:
    return [shown_date(one, language) for one in found]


def organisation_path(organisation: Organisation) -> str:
    """Its page; empty where there is none."""
    is_listed = organisation.status == Organisation.Status.ACTIVE
    return reverse("provider", args=[organisation.slug]) if is_listed else ""


def shown_member(member: BodyMember, language: str) -> dict[str, Any]:
    """Who takes part, and as what."""
    organisation = member.organisation
    return {
        "name": localized_entry(member.named, "name", language),
        "url": organisation_path(organisation) if organisation else "",
        "role": localized_entry(member, "role", language),
        "is_in_charge": member.is_in_charge,
        "since": known_day_in_words(member.since, language),
        "as_of": member.as_of[:4],
        "is_undated": bool(member.source_title and not member.as_of),
    }


def shown_role(role: OrganisationRole | None, language: str) -> dict[str, Any] | None:
    """Whom to ask, and for which organisation."""
    if role is None:
        return None
    return {
        **role_as_shown(role, language),
        "responsibility": localized_entry(role.organisation, "name", language),
    }


def to_ask(body: Body, language: str) -> dict[str, Any] | None:
    """Who is asked instead of a role: the organisation in charge, else the
    Bildungsbüro, as `goals/network/to_ask.html` has it; None where the role can be
    reached or nobody can.
    """
    if body.role and (body.role.phone or body.role.email):
        return None
    in_charge = (one for one in body.members.all() if one.is_in_charge)
    asked = [body.role, body.organisation, *in_charge]
    for one in filter(None, asked):
        organisation = one if isinstance(one, Organisation) else one.organisation
        if organisation and (known := contact(organisation)):
            return {
                "name": localized_entry(organisation, "name", language),
                "url": organisation_path(organisation),
                **known,
            }
    if email := office_address():
        return {"name": Text(_("Bildungsbüro")), "url": "", "email": email}
    return None


def shown_documents(body: Body, language: str) -> list[dict[str, Any]]:
    """Papers and results, the latest first; council papers lead to their page."""
    rows = body.documents.filter(is_public=True).select_related("council_paper")
    return [shown_document(row, language) for row in rows[:MOST_DOCUMENTS]]


def shown_document(row: BodyDocument, language: str) -> dict[str, Any]:
    paper = row.council_paper
    has_page = paper is not None and paper.is_published and not paper.oparl_deleted
    return {
        "kind": row.get_kind_display(),
        "title": localized_entry(row, "title", language),
        "text": localized_entry(row, "text", language),
        "dated": known_day_in_words(row.dated, language),
        "url": row.url,
        "paper": paper.reference if has_page else "",
        "paper_url": paper_path(paper) if has_page else "",
    }
