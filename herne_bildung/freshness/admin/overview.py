"""Care at a glance: what waits for staff, and how fresh the portal is."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.freshness.admin.pages import show, staff_page
from herne_bildung.freshness.models import (
    Call,
    ErrorReport,
    LinkUse,
    MaintainedEntry,
    OutgoingMail,
    ProposedChange,
    Recipient,
)
from herne_bildung.lib import clock

RIGHT = "freshness.view_maintainedentry"
# More than so many are "999+": nobody needs the number, and counting has an end.
MOST_COUNTED = 999


@staff_page(RIGHT)
def overview(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        "admin/freshness/overview.html",
        _("Care at a glance"),
        waiting=_waiting(),
    )


def _waiting() -> list[tuple[str, str, str]]:
    """What waits for staff: name, number, address of its list."""
    changes, reports = ProposedChange.State, ErrorReport.State
    lists = "admin:freshness_{}_changelist"
    entries = reverse(lists.format("maintainedentry"))
    found = [
        (
            _("Calls to make"),
            Call.objects.filter(closed_at=None, next_try_on__lte=clock.today()),
            reverse("call_list"),
        ),
        (
            _("Proposed changes"),
            ProposedChange.objects.filter(state=changes.WAITING),
            reverse(lists.format("proposedchange")) + "?state__exact=waiting",
        ),
        (
            _("Reports of errors"),
            ErrorReport.objects.filter(state=reports.OPEN),
            reverse(lists.format("errorreport")) + "?state__exact=open",
        ),
        (
            _("Hidden entries"),
            MaintainedEntry.objects.filter(hidden_at__isnull=False, ended_at=None),
            entries + "?state=unconfirmed",
        ),
        (
            _("Mails given up"),
            OutgoingMail.objects.filter(failed_at__isnull=False),
            reverse(lists.format("outgoingmail")) + "?state=given-up",
        ),
        (
            _("Addresses that refuse mails"),
            Recipient.objects.filter(bounced_at__isnull=False),
            reverse(lists.format("recipient")) + "?bounced_at__isempty=0",
        ),
        (
            _("Links that do not work"),
            LinkUse.objects.filter(link__state="broken"),
            reverse(lists.format("linkuse")) + "?link__state__exact=broken",
        ),
    ]
    return [(name, _counted(rows), address) for name, rows, address in found]


def _counted(rows: QuerySet) -> str:
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
