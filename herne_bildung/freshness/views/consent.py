"""Whether mails may go to an address: the pages of its owner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from herne_bildung.freshness.actions import consent
from herne_bildung.freshness.models import Recipient
from herne_bildung.freshness.tokens import digest_of_address, invited
from herne_bildung.freshness.views.token_page import link_unknown, secret_page, see


@secret_page
def care_opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """No more reminders to this address, and back again. Old mails lead here too."""
    digest = digest_of_address(token)
    if digest is None:
        return link_unknown(request)
    if request.method == "POST":
        match request.POST.get("decision"):
            case "decline":
                consent.decline(digest.recipient)
                return see(reverse("care_opt_out", args=[token]))
            case "take_back":
                consent.take_back(digest.recipient)
                return see(reverse("care_opt_out", args=[token]))
    context = {"token": token, "recipient": digest.recipient}
    return render(request, "freshness/opt_out.html", context)


@secret_page
def care_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Someone of an organisation accepts to be asked, or declines."""
    recipient = invited(token)
    if not isinstance(recipient, Recipient):
        return link_unknown(request)
    if request.method == "POST":
        match request.POST.get("decision"):
            case "accept":
                consent.accept(recipient)
                return see(reverse("care_invitation", args=[token]))
            case "decline":
                consent.decline(recipient)
                return see(reverse("care_invitation", args=[token]))
    context = {
        "token": token,
        "recipient": recipient,
        "organisations": recipient.responsibilities.select_related("organisation"),
    }
    return render(request, "freshness/invitation.html", context)
