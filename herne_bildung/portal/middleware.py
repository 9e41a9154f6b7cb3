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

from herne_bildung.lib import page_cache
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_ADDRESS = 2000
COMPRESSION = 4
NOT_KEPT = {"content-length", "content-encoding", "set-cookie", "vary"}
COMPRESSIBLE = re.compile(r"^(text/|application/(json|xml|atom\+xml|.*\+xml))")


class PageCacheMiddleware:
    """Answers from the shared page cache before anything else is done.

    Only answers that allow it (`Cache-Control: public`) are kept, compressed and
    with all their headers; their ETag comes from the content.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
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
            if version and response.status_code == 200:
                page_cache.keep(kept, int(kept.expires_at - time.time()))
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
        ):
            return None
        seconds = get_max_age(response) or 0
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
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.body)
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content = gzip.decompress(page.body)
    for name, value in page.headers:
        if response.status_code == 200 or name in {"Cache-Control", "Content-Language"}:
            response.headers[name] = value
    left = max(0, int(page.expires_at - time.time()))
    response.headers["Cache-Control"] = f"public, max-age={left}"
    response.headers["ETag"] = page.etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


class PublicPageMiddleware:
    """Sets the language from the address; commands and addresses without one run
    in German. Nothing is read from headers or cookies.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.path_info.split("/", 2)[1]
        language = code if code in BY_CODE else DEFAULT_LANGUAGE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
