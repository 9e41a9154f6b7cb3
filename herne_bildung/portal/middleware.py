"""Public pages are the same for everyone: kept whole, answered early, without
cookies. What depends on the visitor stands under other addresses.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import get_max_age, patch_vary_headers
from django.utils.http import parse_etags

from herne_bildung.lib import page_cache
from herne_bildung.lib.http import LONGEST
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_ADDRESS = 2000
# Level 4 takes 7 % off a page of results, and more than twice the time.
COMPRESSION = 3
NOT_KEPT = {"content-length", "content-encoding", "set-cookie", "vary"}
# Pictures and PDF are compressed already; they pass as they are and are not kept.
COMPRESSIBLE = re.compile(r"text/|image/svg\+xml|application/(.*\+)?(json|xml)\b")
PERMISSIONS = (
    "geolocation=(self), camera=(), microphone=(), display-capture=(), payment=(), "
    "usb=(), serial=(), accelerometer=(), gyroscope=(), magnetometer=()"
)
REFUSED = re.compile(r"q=0(\.0*)?")


class PageCacheMiddleware:
    """Answers from the shared page cache before anything else is done.

    Only answers that allow it (`Cache-Control: public`) are kept, compressed and
    with all their headers; their ETag comes from the content.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "HEAD":
            return without_body(self._answer(request))
        if request.method == "GET":
            return self._answer(request)
        return self.get_response(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        address = request.META.get("QUERY_STRING", "")
        address = f"{request.scheme} {request.get_host()} {request.path}?{address}"
        if len(address) > LONGEST_ADDRESS or request.path.startswith("/static/"):
            return self.get_response(request)
        kept, version = page_cache.look_up(address, time.time())
        if kept is None:
            response = self.get_response(request)
            kept = self._page(address, version or "", response)
            if kept is None:
                return response
            if version and request.method == "GET":
                page_cache.keep(kept, round(kept.expires_at - time.time()))
        return answer(request, kept)

    def _page(
        self, address: str, version: str, response: HttpResponse
    ) -> page_cache.KeptPage | None:
        """The finished answer, when it is a public page; else None."""
        if (
            response.status_code != 200
            or response.streaming
            or response.cookies
            or "public" not in response.get("Cache-Control", "")
            or not COMPRESSIBLE.match(response.get("Content-Type", ""))
        ):
            return None
        seconds = min(get_max_age(response) or 0, LONGEST)
        body = response.content
        etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = tuple(
            (name, value)
            for name, value in response.items()
            if name.lower() not in NOT_KEPT
        )
        return page_cache.KeptPage(
            address,
            version,
            time.time() + seconds,
            etag,
            headers,
            gzip.compress(body, COMPRESSION, mtime=0),
        )


def answer(request: HttpRequest, page: page_cache.KeptPage) -> HttpResponse:
    """The kept page as this client can take it: 304, compressed, or plain."""
    if is_known(page.etag, request.META.get("HTTP_IF_NONE_MATCH", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.body)
        if takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(page.body)
        response.headers["Content-Length"] = str(len(response.content))
    for name, value in page.headers:
        if response.status_code == 200 or name in {"Cache-Control", "Content-Language"}:
            response.headers[name] = value
    left = max(0, round(page.expires_at - time.time()))
    response.headers["Cache-Control"] = f"public, max-age={left}"
    response.headers["ETag"] = page.etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def without_body(response: HttpResponse) -> HttpResponse:
    """The headers of GET alone; web servers warn of a body with them."""
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether the client has this content already (RFC 9110: weak comparison)."""
    known = parse_etags(if_none_match[:LONGEST_ADDRESS])
    return "*" in known or etag.removeprefix("W/") in {
        tag.removeprefix("W/") for tag in known
    }


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip; a weight of 0 refuses it."""
    weights = {}
    for part in accept_encoding.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = weight.strip()
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return not REFUSED.fullmatch(weight)


class PublicPageMiddleware:
    """Sets the language from the address; commands and addresses without one run
    in German. Nothing is read from headers or cookies. Of what browsers know and do,
    pages may ask for the position only (static/js/near.js), and frames for nothing.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.path_info.lstrip("/").partition("/")[0]
        language = code if code in BY_CODE else DEFAULT_LANGUAGE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
