"""House rules for templates. The Content-Security-Policy forbids everything inline,
and public pages are the same for everyone, so they know no user and no token.
"""

import re

import pytest

from herne_bildung.tests.sources import files
from herne_bildung.tests.templates import (
    LOADS,
    lines_of,
    markup,
    named_in_code,
    overrides,
    reached_from,
    templates,
    without_comments,
)

INLINE = {
    "script": re.compile(
        r"<script(?![^>]*(\ssrc=|type=.application/(ld\+)?json))[^>]*>", re.I
    ),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event handler": re.compile(r"\son[a-z]+\s*=|\shx-on\b", re.I),
    "script address": re.compile(r"javascript:|hx-vals\s*=\s*.js:", re.I),
}
ELSEWHERE = re.compile(
    r"<(?:link|script|img|iframe|source|video|audio|object|embed|use|image)\b[^>]*?"
    r"\s(?:src|href|data|srcset|xlink:href)\s*=\s*[\"']?(?:https?:)?//[^\"'>\s]*",
    re.I,
)
PERSONAL = re.compile(
    r"csrf_token|csrf_input|\bmessages\b|\brequest\.(?:user|session|COOKIES)|"
    r"(?<![\w.])user\.|\bperms\.|csp_nonce|\bnonce\s*=",
)
# Django loads these by name when something fails.
BY_NAME = {f"{status}.html" for status in (400, 403, 404, 410, 429, 500, 503)}
# Mail programs load no style sheet; the look of mails stands in them.
LOOK_OF_MAILS = "email/look.html"
BLOCKS = ("title", "meta", "styles", "hero", "content", "aside", "scripts")
COMPONENT_PAGE = "portal/components.html"
INCLUDED_COMPONENT = re.compile(r"{%-?\s*include\s+[\"']components/[^%]*%}")


def is_for_staff(name: str) -> bool:
    return name.startswith(("admin/", "account/", "mfa/", "usersessions/"))


def public() -> dict[str, str]:
    return {name: text for name, text in templates().items() if not is_for_staff(name)}


@pytest.mark.parametrize("kind", INLINE)
def test_nothing_inline(kind):
    pictures = {str(path): text for path, text in files(".svg")}
    found = [
        f"{name}:{line} {match.strip()}"
        for name, text in (templates() | pictures).items()
        if (kind, name) != ("style element", LOOK_OF_MAILS)
        for line, match in lines_of(INLINE[kind], markup(text))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("script", "<script defer>"),
        ("script", '<script\ntype="module">'),
        ("style element", "<STYLE>"),
        ("style attribute", '<p {% if wide %}style="width: 3px"{% endif %}>'),
        ("event handler", '<body\nonload="go()">'),
        ("script address", '<a href="javascript:go()">'),
    ],
)
def test_inline_rules_see_what_they_forbid(kind, text):
    assert [line for line, _ in lines_of(INLINE[kind], markup(text))] != []


def test_inline_rules_let_the_rest_pass():
    text = """{# style="" #}<script src="a.js"></script>
    <script type="application/ld+json">{}</script>
    {% include "components/button.html" with style="wide" only %}
    """

    assert [
        kind for kind, rule in INLINE.items() if [*lines_of(rule, markup(text))]
    ] == []


def test_nothing_is_loaded_from_elsewhere():
    found = [
        f"{name}:{line} {match}"
        for name, text in templates().items()
        for line, match in lines_of(ELSEWHERE, without_comments(text))
        if 'rel="canonical"' not in match and "{{" not in match
    ]

    assert found == []


def test_public_templates_know_no_user_and_no_token():
    found = [
        f"{name}:{line} {match}"
        for name, text in public().items()
        for line, match in lines_of(PERSONAL, without_comments(text))
    ]

    assert found == []


def test_every_template_is_used():
    named = set().union(*named_in_code().values())
    unused = templates().keys() - reached_from(named | overrides() | BY_NAME)

    assert unused == set()


def test_every_template_says_what_it_gets():
    silent = [
        name
        for name, text in public().items()
        if name.endswith(".html") and not text.startswith("{#")
    ]

    assert silent == []


def test_every_component_names_its_arguments():
    silent = [
        name
        for name, text in templates().items()
        if name.startswith("components/") and "Arguments:" not in text.split("#}")[0]
    ]

    assert silent == []


def test_components_get_only_their_arguments():
    found = [
        f"{name}:{line} {match}"
        for name, text in templates().items()
        for line, match in lines_of(INCLUDED_COMPONENT, without_comments(text))
        if not re.search(r"\sonly\s*-?%}$", match)
    ]

    assert found == []


def test_every_component_is_on_the_component_page():
    components = {name for name in templates() if name.startswith("components/")}

    assert components - reached_from({COMPONENT_PAGE}) == set()


def test_blocks_stand_in_order():
    wrong = {
        name: blocks
        for name, text in public().items()
        if (blocks := [block for block in blocks_of(text) if block in BLOCKS])
        != sorted(blocks, key=BLOCKS.index)
    }

    assert wrong == {}


def blocks_of(text: str) -> list[str]:
    return re.findall(r"{%\s*block\s+(\w+)", without_comments(text))


def test_libraries_are_loaded_one_a_line_in_order_and_used():
    wrong = {}
    for name, text in templates().items():
        loaded = LOADS.findall(without_comments(text))
        unused = [library for library in loaded if not uses(library, text)]
        if loaded != sorted(loaded) or any(" " in one for one in loaded) or unused:
            wrong[name] = {"loaded": loaded, "unused": unused}

    assert wrong == {}


def uses(library: str, text: str) -> bool:
    """Whether a template uses a tag or filter of a library it loads."""
    from django.template import engines

    engine = engines["django"].engine
    if " " in library or library not in engine.template_libraries:
        return True
    found = engine.template_libraries[library]
    tags = re.findall(r"{%-?\s*(\w+)", text)
    filters = re.findall(r"\|\s*(\w+)", text)
    return bool(found.tags.keys() & set(tags) or found.filters.keys() & set(filters))
