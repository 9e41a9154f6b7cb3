"""Pictures as public pages show them."""

from typing import Any

from herne_bildung.city.models import Picture
from herne_bildung.city.uploads import exists, picture_url
from herne_bildung.lib.localized import localized_entry
from herne_bildung.lib.uploads import WIDTHS


def shown_picture(picture: Picture | None, language: str) -> dict[str, Any] | None:
    """A picture for `components/picture.html`; None where there is none, or its file
    is gone, as after a backup without files.
    """
    if picture is None or not exists(picture.file):
        return None
    small, large = (picture_url(picture.file, width) for width in WIDTHS)
    return {
        "url": small,
        "sources": f"{small} {WIDTHS[0]}w, {large} {WIDTHS[1]}w",
        "width": picture.width,
        "height": picture.height,
        "alt": localized_entry(picture, "alt", language),
        "credit": picture.credit,
    }
