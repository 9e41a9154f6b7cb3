"""What waits for the Bildungsbüro: said here once, shown on several pages."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

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


@dataclass(frozen=True)
class Waiting:
    """Rows that somebody has to do something about; `address` lists just these."""

    name: str
    rows: QuerySet
    address: str


def calls_to_make() -> Waiting:
    rows = Call.objects.to_make(clock.today())
    return Waiting(_("Calls to make"), rows, reverse("call_list"))


def proposed_changes() -> Waiting:
    rows = ProposedChange.objects.filter(state=ProposedChange.State.WAITING)
    address = _list_of(ProposedChange, "state__exact=waiting")
    return Waiting(_("Proposed changes"), rows, address)


def open_reports() -> Waiting:
    rows = ErrorReport.objects.filter(state=ErrorReport.State.OPEN)
    address = _list_of(ErrorReport, "state__exact=open")
    return Waiting(_("Reports of errors"), rows, address)


def hidden_entries() -> Waiting:
    found = MaintainedEntry.objects.to_confirm()
    rows = found.filter(hidden_at__isnull=False, ended_at=None)
    address = _list_of(MaintainedEntry, "state=unconfirmed")
    return Waiting(_("Hidden entries"), rows, address)


def mails_given_up() -> Waiting:
    rows = OutgoingMail.objects.filter(failed_at__isnull=False)
    address = _list_of(OutgoingMail, "state=given-up")
    return Waiting(_("Mails given up"), rows, address)


def refusing_addresses() -> Waiting:
    rows = Recipient.objects.filter(bounced_at__isnull=False)
    address = _list_of(Recipient, "bounced_at__isempty=0")
    return Waiting(_("Addresses that refuse mails"), rows, address)


def broken_links() -> Waiting:
    rows = LinkUse.objects.filter(link__state="broken")
    address = _list_of(LinkUse, "link__state__exact=broken")
    return Waiting(_("Links that do not work"), rows, address)


def _list_of(model: type, query: str) -> str:
    page = reverse(f"admin:freshness_{model._meta.model_name}_changelist")
    return f"{page}?{query}"
