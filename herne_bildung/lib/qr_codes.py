"""QR codes: a phone's camera opens an address.

`error` says how much of a code may be covered or worn off: "l" 7 %, "m" 15 %, "q" 25 %.
"""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

# White around the squares, in squares: cameras need it.
BORDER = 4


def inline_svg(address: str, *, error: str = "m") -> SafeString:
    """The code as a picture within a page, as large as its place: black squares on
    whatever is behind it.
    """
    drawn = _made(address, error).svg_inline(
        border=BORDER, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - squares made from our own address


def svg_file(
    address: str, *, error: str = "m", scale: int = 1, light: str | None = None
) -> bytes:
    """The code as a file; a square is `scale` pixels wide, `light` the colour behind
    the squares.
    """
    target = io.BytesIO()
    made = _made(address, error)
    made.save(target, kind="svg", border=BORDER, scale=scale, light=light)
    return target.getvalue()


def _made(address: str, error: str) -> segno.QRCode:
    return segno.make(address, error=error, micro=False)
