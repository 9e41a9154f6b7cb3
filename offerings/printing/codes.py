"""Ways from paper to a page of the portal: its address, a QR code."""

from urllib.parse import urlsplit

from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.qr_codes import svg_file


def way_to(path: str) -> dict[str, str]:
    """A page as templates show it: its whole `url` for those who click, its `address`
    as people type it, its `code` as a drawing (SVG).
    """
    url = absolute(path)
    return {"url": url, "address": typed(url), "code": svg_file(url).decode()}


def typed(url: str) -> str:
    """An address without "https://" and the last slash."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc}{parts.path.rstrip('/')}{query}"
