"""The page of an offer before it is public: in a form, and behind a link.

The link is signed, names the offer and its state, and needs no login, so that a
colleague can look. It ends after 14 days and with the next saving. Samples have none,
public offers need none.
"""

import hashlib

from django.core import signing
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.detail import detail, whole
from offerings.models import Offering

SALT = "offerings.preview"
SECONDS = 14 * 24 * 60 * 60
HIDDEN = (Offering.State.DRAFT, Offering.State.UNCONFIRMED)


def preview_path(offering: Offering, language: str = DEFAULT_LANGUAGE) -> str:
    """Address of the draft's page; empty where there is none."""
    if offering.is_sample or offering.state not in HIDDEN:
        return ""
    token = signing.dumps([offering.pk, _mark(offering)], salt=SALT)
    with translation.override(language):
        return reverse("offering_preview", args=[token])


def offering_of(token: str) -> Offering | None:
    """The offer as it was when the link was made; None when the link has ended."""
    try:
        pk, mark = signing.loads(token, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    found = whole(Offering.objects.filter(pk=pk))
    if found is None or found.is_sample or _mark(found) != mark:
        return None
    return found


def page_of(request: HttpRequest, offering: Offering, language: str) -> str:
    """The public page as HTML, for a request of the public address."""
    return render_to_string(
        "offerings/detail.html",
        {"offer": detail(offering, language)},
        request=request,
    )


def _mark(offering: Offering) -> str:
    """Changes with each saving."""
    text = f"{offering.state} {offering.updated_at.isoformat()}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
