"""Whether a form was sent from one of our own pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """True when the browser says that another site's page sent this request.

    Browsers that say nothing are let pass: the form token stands behind this check.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
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
