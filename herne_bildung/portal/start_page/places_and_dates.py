"""For a provider: own offers on the site, the next ones first, with what one says of
them from week to week.
"""

from django.db.models import F
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import moment_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.portal.start_page.parts import MOST_LINES, Button, Line, Section
from offerings.choices import PlacesLeft
from offerings.models import Offering


def section(organisations: set[int]) -> Section:
    """Full or not, the next date is cancelled: one click each."""
    today = clock.today()
    rows = Offering.objects.filter(provider__in=organisations)
    rows = rows.published(today).not_ended(today)
    ordered = rows.order_by(F("next_start").asc(nulls_last=True), "sort_key", "pk")
    return Section(
        title=_("Places and dates"),
        lines=[_line(offering) for offering in ordered[:MOST_LINES]],
        empty=_("There is no offer on the site yet."),
        more=f"{reverse('admin:offerings_offering_changelist')}?state__exact=published",
        more_name=_("All my offers"),
    )


def _line(offering: Offering) -> Line:
    page = reverse("admin:offerings_offering_today", args=[offering.pk])
    is_full = offering.places_left == PlacesLeft.FULL
    other = PlacesLeft.FREE if is_full else PlacesLeft.FULL
    buttons = [_button(capfirst(other.label), page, do="places", value=other.value)]
    if offering.next_start:
        start = localtime(offering.next_start, clock.BERLIN)
        when = moment_in_words(start, get_language() or DEFAULT_LANGUAGE)
        name = _("%(date)s is cancelled") % {"date": when}
        key = f"{start:%Y-%m-%dT%H:%M}"
        buttons.append(_button(name, page, do="cancel", now=key))
    return Line(
        name=offering.title_de,
        address=page,
        badge=str(offering.get_places_left_display()) if offering.places_left else "",
        is_urgent=is_full,
        buttons=tuple(buttons),
    )


def _button(name: str, page: str, **sent: str) -> Button:
    back = ("return_to", reverse("admin:index"))
    return Button(str(name), page, (*sent.items(), back))
