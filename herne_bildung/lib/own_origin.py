"""Whether a form was sent from one of our own pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_foreign(request: HttpRequest, *, null_is_own: bool = False) -> bool:
    """True when the browser says that another site's page sent this request.

    Browsers that say nothing are let pass: the form token stands behind this check.
    Pages with `Referrer-Policy: no-referrer` send "null" as their origin, which old
    browsers do not explain further: `null_is_own` lets it pass.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    if origin == "null" and null_is_own:
        return False
    return bool(origin) and _host(origin) not in {
        request.get_host().lower(),
        _host(settings.PUBLIC_ADDRESS),
    }


def _host(address: str) -> str:
    """Host and port of an address; "" for "null" and for nonsense."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
