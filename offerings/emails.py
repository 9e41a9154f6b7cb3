"""Mails of the catalogue, written into the outbox with their reason."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.models import OutgoingMail, Recipient
from herne_bildung.lib import clock
from offerings.models import Offering


def offer_hidden(offering: Offering, reason: str, recipient: Recipient) -> OutgoingMail:
    """Say to a contact of the provider that an offer went off the site, and why."""
    page = reverse("admin:offerings_offering_change", args=[offering.pk])
    with override(recipient.language):
        text = _(
            "Good day,\n\n"
            "the offer “%(title)s” is no longer shown in the portal.\n\n"
            "Reason: %(reason)s\n\n"
            "Nothing is lost. Here you can look at it and publish it again:\n"
            "%(address)s\n"
        ) % {
            "title": offering.title_de,
            "reason": reason,
            "address": f"{settings.PUBLIC_ADDRESS}{page}",
        }
        return put_in_outbox(
            key=f"offer-hidden-{offering.pk}-{clock.now():%Y%m%d%H%M%S%f}",
            recipient=recipient.email,
            subject=_("“%(title)s” is no longer shown") % {"title": offering.title_de},
            text=text,
        )
