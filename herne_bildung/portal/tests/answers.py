"""A small site behind the page cache."""

from django.http import HttpResponse
from django.test import RequestFactory

from herne_bildung.lib import page_cache
from herne_bildung.portal.middleware import PageCacheMiddleware


class Answers:
    """A site of one page that counts how often it is asked for."""

    def __init__(self, response: HttpResponse | None = None) -> None:
        self.asked = 0
        self.response = response

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        return self.response or public(f"Antwort {self.asked}")


def public(text: str, seconds: int = 60, **headers: str) -> HttpResponse:
    return HttpResponse(
        text, headers={"Cache-Control": f"public, max-age={seconds}", **headers}
    )


def get(site: Answers, path: str = "/de/", **headers: str) -> HttpResponse:
    return PageCacheMiddleware(site)(RequestFactory().get(path, headers=headers))


def kept_keys() -> set[bytes]:
    return {
        key
        for key in page_cache.client().scan_iter("page:*")
        if key.decode() != page_cache.VERSION_KEY
    }
