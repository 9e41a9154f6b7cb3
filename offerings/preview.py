"""The page of an offer before it is public: in a form, and behind a link.

The link is signed, names the offer and its state, and needs no login, so that a
colleague can look. It ends after 14 days and with the next saving. Samples have none,
public offers need none. Another link names a change that waits, and shows the offer as
it would be; it ends when the change is another one, or waits no more.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from herne_bildung.city.models import WaitingVersion
from herne_bildung.city.versions import snapshots, waiting
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.detail import detail, whole
from offerings.models import Offering

SALT = "offerings.preview"
CHANGE_SALT = "offerings.preview.change"
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


def change_preview_path(change: WaitingVersion) -> str:
    """Address of the page as it would be with a change that waits."""
    token = signing.dumps([change.pk, waiting.mark_of(change, None)], salt=CHANGE_SALT)
    with translation.override(DEFAULT_LANGUAGE):
        return reverse("offering_preview", args=[token])


def change_of(token: str) -> WaitingVersion | None:
    """The change of an offer that such a link is of; None when the link has ended."""
    try:
        pk, mark = signing.loads(token, salt=CHANGE_SALT, max_age=SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    found = WaitingVersion.objects.filter(pk=pk, state__in=WaitingVersion.OPEN).first()
    is_same = found is not None and waiting.mark_of(found, None) == mark
    return found if is_same else None


@contextmanager
def as_if_accepted(change: WaitingVersion) -> Iterator[Offering | None]:
    """The offer with the change, as long as the block lasts; nothing of it stays."""
    with transaction.atomic():
        entry = waiting.entry_of(change)
        if entry is not None and not entry.is_sample:
            snapshots.apply(entry, waiting.proposed(change))
            yield whole(Offering.objects.filter(pk=entry.pk))
        else:
            yield None
        transaction.set_rollback(True)


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
