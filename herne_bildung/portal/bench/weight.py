"""The bytes of a first visit to the search page, as they are sent."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from herne_bildung.portal.bench.measure import BROWSER
from herne_bildung.portal.bench.searches import LIST
from herne_bildung.portal.bench.stack import Portal
from herne_bildung.start.failure import StartError

PARTS = re.compile(
    r'<script[^>]*\ssrc="([^"]+)"'
    r'|<link[^>]*\srel="(?:stylesheet|icon|preload)"[^>]*\shref="([^"]+)"'
    r'|<img[^>]*\ssrc="([^"]+)"'
)
FONT_FACE = re.compile(r"@font-face\s*{[^}]*}")
FONT_FILE = re.compile(r"url\(['\"]?([^'\")]+\.woff2)['\"]?\)")
UNICODE_RANGE = re.compile(r"unicode-range:\s*([^;}]+)")


def first_visit(portal: Portal) -> dict[str, int]:
    """Bytes by address: page, styles, scripts, icon, and every font whose letters
    the page shows, in all weights, though a browser may need fewer.
    """
    page, sent = fetched(portal, LIST)
    letters = Letters(page)
    sizes = {LIST: sent}
    for groups in PARTS.findall(page):
        address = next(filter(None, groups))
        text, sizes[address] = fetched(portal, address)
        if address.endswith(".css"):
            for font in fonts(text, letters.shown):
                place = urljoin(address, font)
                _, sizes[place] = fetched(portal, place)
    return {urlsplit(address).path: size for address, size in sizes.items()}


class Letters(HTMLParser):
    """Collects the code points a page shows before anything on it is opened: texts
    in a closed `<details>`, such as the names of languages, need no font yet.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown: set[int] = set()
        self._closed: list[bool] = []
        self._in_summary = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "details":
            self._closed.append("open" not in dict(attrs))
        elif tag == "summary":
            self._in_summary = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self._closed:
            self._closed.pop()
        elif tag == "summary":
            self._in_summary = False

    def handle_data(self, data: str) -> None:
        is_hidden = any(self._closed[:-1] if self._in_summary else self._closed)
        if not is_hidden:
            self.shown |= {ord(letter) for letter in data}


def fonts(styles: str, letters: set[int]) -> list[str]:
    """The font files of a style sheet that have some of these letters."""
    found = []
    for face in FONT_FACE.findall(styles):
        ranges = UNICODE_RANGE.search(face)
        if not ranges or letters & code_points(ranges[1]):
            found += FONT_FILE.findall(face)[:1]
    return found


def code_points(ranges: str) -> set[int]:
    """The code points of a CSS unicode-range like "U+0-FF, U+131, U+4??"."""
    found: set[int] = set()
    for part in ranges.upper().split(","):
        low, _, high = part.strip().removeprefix("U+").partition("-")
        begin = int(low.replace("?", "0"), 16)
        end = int((high or low).replace("?", "F"), 16)
        found |= set(range(begin, end + 1))
    return found


def fetched(portal: Portal, address: str) -> tuple[str, int]:
    """A file as text, and its size as sent, without headers."""
    response, body = portal.get(address, BROWSER)
    if response.status != 200:
        raise StartError(f"{address} answered {response.status}, not 200.")
    size = len(body)
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode(errors="replace"), size
