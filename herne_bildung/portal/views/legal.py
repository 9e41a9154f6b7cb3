"""Pages every public site has to have; their texts stand in the templates."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from herne_bildung.freshness.actions.outbox import (
    KEPT_AFTER_FAILURE,
    KEPT_AFTER_SENDING,
)
from herne_bildung.freshness.actions.reports import ADDRESS_KEPT, REPORT_KEPT
from herne_bildung.freshness.subscription_tokens import WAITS
from herne_bildung.lib.http import public_page

# When the accessibility statement was last checked; once a year at least.
STATEMENT_WRITTEN_ON = date(2026, 11, 21)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the portal is, where its content comes from, how fresh it is."""
    return render(request, "portal/about.html")


@public_page
def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for the portal; a template until the city fills it in."""
    return render(request, "portal/imprint.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal does with data of its readers."""
    return render(
        request,
        "portal/privacy.html",
        {
            "mail_days": KEPT_AFTER_SENDING.days,
            "failed_mail_days": KEPT_AFTER_FAILURE.days,
            "report_days": ADDRESS_KEPT.days,
            "report_keep_days": REPORT_KEPT.days,
            "follow_days": WAITS.days,
            "follow_months": settings.SUBSCRIPTION_MONTHS,
        },
    )


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Accessibility statement (section 10b BGG NRW)."""
    mailbox = settings.BARRIER_MAILBOX
    return render(
        request,
        "portal/accessibility.html",
        {
            "mailbox": "" if mailbox.endswith("@localhost") else mailbox,
            "written_on": STATEMENT_WRITTEN_ON,
        },
    )
