"""What an address answers whose office is off the site: why, and who helps instead.
Where nothing was ever shown, nothing is said.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from counselling.models import CounsellingOffice
from counselling.offices import Card, card, directory_step
from counselling.openings import calendar, opening_of
from herne_bildung.city.contact import contact
from herne_bildung.freshness.public import report_path, taken_off, why_hidden
from herne_bildung.lib.localized import Text, localized_entry

State = CounsellingOffice.State
# So many other offices are named.
MOST = 4


@dataclass(slots=True)
class Gone:
    """What `counselling/gone.html` shows. `status` is the one of HTTP: 410 only for
    what has really ended.
    """

    title: Text
    notice: str
    text: str
    status: int
    contact: dict[str, Any] | None
    report_url: str
    others: list[Card]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [directory_step()]


def gone_office(slug: str, language: str) -> Gone | None:
    """The page of an office that was shown once; None for any other address."""
    found = (
        CounsellingOffice.objects.gone()
        .select_related("organisation")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        return None
    has_ended = found.state == State.ENDED
    is_hidden = found.state == State.UNCONFIRMED
    return Gone(
        title=localized_entry(found, "name", language),
        notice=_notice(found.state),
        text=why_hidden("office", found.pk) if is_hidden else taken_off(),
        status=410 if has_ended else 404,
        contact=None if has_ended else contact(found) or contact(found.organisation),
        report_url=report_path("office", found) if is_hidden else "",
        others=_others(found, language),
    )


def _notice(state: str) -> str:
    if state == State.ENDED:
        return _("This office no longer exists.")
    if state == State.UNCONFIRMED:
        return _("This office is not shown at the moment.")
    return _("This office is no longer shown.")


def _others(office: CounsellingOffice, language: str) -> list[Card]:
    """Those that help with the same, those whose main task it is first; where there
    are none, the general office.
    """
    answers = CounsellingOffice.objects.answers().for_pages()
    keys = list(office.concern_links.values_list("concern_id", flat=True))
    same = answers.filter(concern_links__concern__in=keys).distinct()[:MOST]
    is_holiday = calendar()
    return [
        card(one, opening_of(one, is_holiday, language).text, language)
        for one in list(same) or answers.general()
    ]
