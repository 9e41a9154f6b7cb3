"""What a visit loads: nothing from elsewhere, no faults, no cookie, not much."""

from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Bytes as sent, compressed, with headers.
WHOLE_VISIT = 150_000
SCRIPTS = 40_000
NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_are_quiet_and_fit_320_pixels(visitor, html_pages, site, language):
    """320 px is a page of 1280 at 400 percent (WCAG 1.4.10)."""
    wrong: dict[str, list[str]] = {}
    here = ""

    def note(what: str) -> None:
        wrong.setdefault(here, []).append(what)

    visitor.on("console", lambda line: note(f"console {line.type}: {line.text}"))
    visitor.on("pageerror", lambda error: note(f"error: {error}"))
    visitor.on(
        "request",
        lambda request: (
            urlsplit(request.url).scheme in {"http", "https"}
            and not request.url.startswith(site)
            and note(f"elsewhere: {request.url}")
        ),
    )
    visitor.on(
        "response",
        lambda answer: answer.status >= 400 and note(f"{answer.status}: {answer.url}"),
    )
    visitor.set_viewport_size(NARROW)
    for page in html_pages:
        here = page.address(language)
        visitor.goto(here)
        wide = visitor.evaluate("document.scrollingElement.scrollWidth")
        if wide > NARROW["width"]:
            note(f"{wide} px wide: {visitor.evaluate(WIDE)}")

    assert wrong == {}
    assert visitor.context.cookies() == []


# The innermost elements that stick out, to find the culprit.
WIDE = """[...document.querySelectorAll("body *")]
    .filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > innerWidth + 1 || box.left < -1)
            && !one.closest(".kern-sr-only, .skip-link");
    })
    .slice(-4).map(one => `${one.tagName}.${one.className}`).join(" ")"""


def test_the_first_visit_of_the_search_is_light(visitor, site):
    sizes: dict[str, int] = {}
    visitor.on(
        "requestfinished", lambda request: sizes.update({request.url: sent(request)})
    )

    visitor.goto("/de/angebote/", wait_until="networkidle")

    scripts = {url: size for url, size in sizes.items() if ".js" in url}
    assert len(scripts) >= 3
    assert sum(scripts.values()) <= SCRIPTS, scripts
    assert sum(sizes.values()) <= WHOLE_VISIT, sizes
    assert sum(".css" in url for url in sizes) == 1, sizes


def sent(request) -> int:
    size = request.sizes()
    return size["responseHeadersSize"] + size["responseBodySize"]
