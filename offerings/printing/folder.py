"""The folder for the welcome visit: what fits a child now and soon, confirmed only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.public import with_care
from herne_bildung.freshness.rhythm import State, state_of
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.result_page import counted
from offerings.centres.hours import week_in_words
from offerings.centres.offers import listed as listed_centres
from offerings.centres.words import addresses_of, places_of
from offerings.facts import NO_NEED
from offerings.family.ages import age_said
from offerings.family.filters import FamilyFilter
from offerings.filters import NEEDS
from offerings.models import FamilyCentre, Offering, PrintOrder
from offerings.printing.book import Cover, book
from offerings.printing.chapters import Chapter
from offerings.printing.codes import way_to
from offerings.printing.entries import (
    Json,
    Tell,
    german,
    in_portions,
    named,
    reached,
    read,
)

CONFIRMED = {State.CURRENT, State.DUE_SOON, State.DUE}


@dataclass(slots=True)
class Content:
    """Ids of the offers of a folder. `left_out` fit, but nobody confirmed them lately;
    of `unsure` ones a fact that was asked for is not known.
    """

    filters: FamilyFilter
    now: BitMap
    soon: BitMap
    left_out: int
    unsure: int

    def __len__(self) -> int:
        return len(self.now) + len(self.soon)


def folder_content(query: str) -> Content | None:
    """For age and district as an address has them; None without a good age."""
    filters = FamilyFilter(QueryDict(query))
    age = filters.values.get("age_months")
    if age is None:
        return None
    now, unsure = filters.selection()
    soon = BitMap.union(*map(filters.at_age, filters.ages_ahead(age))) - now
    fresh = confirmed("offering", now | soon)
    left_out = len(now | soon) - len(fresh)
    return Content(filters, now & fresh, soon & fresh, left_out, len(unsure))


def confirmed(kind: str, ids: BitMap) -> BitMap:
    """Those of which somebody said lately that they are right. Samples have entries of
    their own to try that out.
    """
    rows = MaintainedEntry.objects.filter(
        kind=kind, object_id__in=list(ids), confirmed_at__isnull=False
    )
    today = clock.today()
    return BitMap(row.object_id for row in rows if state_of(row, today) in CONFIRMED)


def folder_file(order: PrintOrder, tell: Tell) -> bytes | None:
    """The PDF of an order; None where nothing is confirmed."""
    content = folder_content(order.query)
    if content is None or not len(content):
        return None
    offers = read([*content.now, *content.soon])
    shown = in_portions(offers, order.languages, tell)
    by_pk = {one.pk: one for one in offers}
    chapters = by_need(content, content.now, by_pk)
    if content.soon:
        words = Chapter(0, lambda _code: Text(_("Soon")))
        words.sections = by_need(content, content.soon, by_pk)
        chapters.append(words)
    covers = [cover(content, language) for language in order.languages]
    advice = [*centres(content, order.languages), counselling(content, order.languages)]
    return book(order, covers, chapters, shown, advice=advice, has_notes=True)


def by_need(
    content: Content, ids: BitMap, by_pk: Mapping[int, Offering]
) -> list[Chapter]:
    """Each offer under the first need it meets; what meets none under the last."""
    found, rest = [], ids.copy()
    for place, (key, label) in enumerate(NEEDS.items()):
        members = rest
        if key != NO_NEED:
            members = rest & content.filters.index.having("need", [key])
        rest = rest - members
        offers = [by_pk[pk] for pk in members if pk in by_pk]
        offers.sort(key=lambda one: (one.sort_key, one.pk))
        if offers:
            name = said(label)
            found.append(Chapter(place, name, offers))
    return found


def said(label: object) -> Callable[[str], Text]:
    """A heading of ours, in the language that is active."""
    return lambda _code: Text(capfirst(str(label)))


def cover(content: Content, language: str) -> Cover:
    """The first page in a language: for which child, and what was left out."""
    with translation.override(language):
        values = content.filters.values
        number = len(content)
        text = ngettext(
            "%(number)s confirmed offer", "%(number)s confirmed offers", number
        )
        pairs = [("age_months", str(values["age_months"]))]
        pairs += [("district", key) for key in values.get("district", ())]
        return Cover(
            kind=_("Folder for the welcome visit"),
            title=_("For a child: %(age)s") % {"age": age_said(values["age_months"])},
            lines=[districts_said(content), counted(text, number)],
            path=address(reverse("family"), pairs),
            remarks=left_out_in_words(content),
        )


def left_out_in_words(content: Content) -> list[str]:
    """How many offers are not in the folder, and why."""
    found = []
    if content.left_out:
        text = ngettext(
            "%(number)s more offer fits, but nobody has confirmed it lately. "
            "It is left out.",
            "%(number)s more offers fit, but nobody has confirmed them lately. "
            "They are left out.",
            content.left_out,
        )
        found.append(counted(text, content.left_out))
    if content.unsure:
        text = ngettext(
            "%(number)s more may fit: its age or place is not known.",
            "%(number)s more may fit: their age or place is not known.",
            content.unsure,
        )
        found.append(counted(text, content.unsure))
    return found


def centres(content: Content, languages: list[str]) -> list[list[Json]]:
    """Confirmed family centres of the district, each in each language."""
    keys = set(content.filters.values.get("district", ()))
    by_key = content.filters.districts.by_key
    wanted = {by_key[one].pk for key in keys for one in (key, *by_key[key].below)}
    found = with_care(listed_centres(), "family_centre").order_by(
        "organisation__sort_key"
    )
    near = [
        centre
        for centre in found
        if not wanted or wanted & {place.district_id for place in places_of(centre)}
    ]
    fresh = confirmed("family_centre", BitMap(centre.pk for centre in near))
    rows = []
    for centre in near:
        if centre.pk in fresh:
            row = []
            for language in languages:
                with translation.override(language):
                    row.append(centre_entry(centre, language))
            rows.append(row)
    return rows


def counselling(content: Content, languages: list[str]) -> list[Json]:
    """The way to the counselling offices of the district, in each language."""
    keys = content.filters.values.get("district", ())
    row = []
    for language in languages:
        with translation.override(language):
            path = address(reverse("offices"), [("district", key) for key in keys])
            row.append(
                {
                    "title": _("Find advice"),
                    "summary": districts_said(content),
                    "next_step": "",
                    "provider": "",
                    "facts": [],
                    "unknown": "",
                    "state": "",
                    "mark": "",
                    **way_to(path),
                }
            )
    return row


def districts_said(content: Content) -> str:
    """The districts asked for, in the active language."""
    districts = content.filters.districts
    keys = content.filters.values.get("district", ())
    names = listed(districts.label(districts.by_key[key]) for key in keys)
    return names or _("All of Herne")


def centre_entry(centre: FamilyCentre, language: str) -> Json:
    """A family centre as an offer is shown."""
    organisation = centre.organisation
    path = reverse("family_centre", args=[organisation.slug])
    hours = [f"{row['day']} {listed(row['spans'])}" for row in week_in_words(centre)]
    facts = [
        (_("Where"), [german(line) for line in addresses_of(organisation)]),
        (_("Consultation hours"), hours),
        (_("Contact"), reached(organisation)),
    ]
    return {
        "title": named(localized_entry(organisation, "name", language)),
        "summary": named(localized_entry(organisation, "description", language)),
        "next_step": "",
        "provider": "",
        "facts": [[label, lines] for label, lines in facts if lines],
        "unknown": "",
        "state": "",
        "mark": _("Sample") if centre.is_sample else "",
        **way_to(path),
    }
