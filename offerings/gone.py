"""What an address answers whose offer or provider is off the site: why, whom to ask,
and what there is instead. Where nothing was ever shown, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.public import report_path, taken_off, why_hidden
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.localized import Text, localized_entry
from offerings.cards import Card, cards
from offerings.filters import OfferingFilter
from offerings.models import Offering
from offerings.seasons import Linked, follower

State, Status = Offering.State, Organisation.Status
# So many offers of each kind are shown instead.
MOST = 4


@dataclass(slots=True)
class Gone:
    """What `offerings/gone.html` shows. `status` is the one of HTTP: 410 only for
    what has really ended.
    """

    title: Text
    notice: str
    text: str
    status: int
    provider_name: Text
    provider_url: str
    contact: dict[str, Any] | None
    follower: Linked | None = None
    report_url: str = ""
    same_provider: list[Card] = field(default_factory=list)
    similar: list[Card] = field(default_factory=list)
    similar_url: str = ""

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Offers"), "url": reverse("offerings")}]


def gone_offer(slug: str, language: str) -> Gone | None:
    """The page of an offer that was shown once; None for any other address."""
    found = (
        Offering.objects.gone(clock.today())
        .select_related("provider", "successor")
        .prefetch_related("topics", "places__district")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        return None
    has_ended = found.state == State.ENDED
    page = Gone(
        title=localized_entry(found, "title", language),
        notice=notice_of(found.state),
        text=meaning_of(found),
        status=410 if has_ended else 404,
        provider_name=name_of(found.provider, language),
        provider_url=url_of(found.provider),
        contact=None if has_ended else contact(found) or contact(found.provider),
        report_url=(
            report_path("offering", found) if found.state == State.UNCONFIRMED else ""
        ),
    )
    page.follower = follower(found, language)
    _add_offers(page, found, language)
    return page


def gone_provider(slug: str, language: str) -> Gone | None:
    """The page of a provider that is hidden or gone; None for any other address."""
    found = (
        Organisation.objects.filter(
            slug=slug, status__in=[Status.HIDDEN, Status.HISTORIC]
        )
        .select_related("parent")
        .first()
    )
    if found is None:
        return None
    has_ended = found.status == Status.HISTORIC
    notice, text = (
        (_("This provider no longer exists."), _("Perhaps something here helps you."))
        if has_ended
        else (
            _("This provider is not shown at the moment."),
            why_hidden("organisation", found.pk),
        )
    )
    return Gone(
        title=localized_entry(found, "name", language),
        notice=notice,
        text=text,
        status=410 if has_ended else 404,
        provider_name=name_of(found.parent, language),
        provider_url=url_of(found.parent),
        contact=None if has_ended else contact(found),
        report_url=(
            report_path("organisation", found)
            if found.is_provider and not has_ended and not found.is_sample
            else ""
        ),
        same_provider=cards(_ids_of(found)),
    )


def notice_of(state: str) -> str:
    """That an offer in this state is off the site, in one sentence."""
    if state == State.ENDED:
        return _("This offer has ended.")
    if state == State.UNCONFIRMED:
        return _("This offer is not shown at the moment.")
    return _("This offer is no longer shown.")


def meaning_of(found: Offering) -> str:
    """Why it is off the site, and what to do."""
    if found.state == State.ENDED:
        return _("Perhaps something here helps you.")
    if found.state == State.UNCONFIRMED:
        return why_hidden("offering", found.pk)
    return taken_off()


def name_of(organisation: Organisation | None, language: str) -> Text:
    """Its name; empty for none."""
    if organisation is None:
        return Text("")
    return localized_entry(organisation, "name", language)


def url_of(organisation: Organisation | None) -> str:
    """Its page; empty where it has none."""
    if organisation is None or organisation.status != Status.ACTIVE:
        return ""
    return reverse("provider", args=[organisation.slug])


def _add_offers(page: Gone, offering: Offering, language: str) -> None:
    """Other offers of the provider, and those with its topics in its districts, or
    anywhere where there are none.
    """
    same = _ids_of(offering.provider) if offering.provider else []
    topics = [("topic", topic.key) for topic in offering.topics.all()]
    districts = {
        place.district.key for place in offering.places.all() if place.district
    }
    near = [("district", key) for key in sorted(districts)]
    similar: list[int] = []
    for wanted in ([*topics, *near], topics) if topics and near else (topics,):
        if wanted and not similar:
            similar = [pk for pk in _first(wanted, language) if pk not in same][:MOST]
            page.similar_url = address(reverse("offerings"), wanted)
    page.same_provider, page.similar = cards(same), cards(similar)


def _ids_of(provider: Organisation) -> list[int]:
    today = clock.today()
    offers = Offering.objects.published(today).not_ended(today)
    rows = offers.filter(provider=provider).order_by("sort_key", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _first(wanted: Pairs, language: str) -> Sequence[int]:
    """The first offers that surely have these topics in these districts."""
    data = QueryDict(mutable=True)
    for name, value in wanted:
        data.appendlist(name, value)
    filters = OfferingFilter(data, language=language)
    return filters.page(filters.selection()[0], 0, 2 * MOST)
