"""What holds for every public page in every language."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from herne_bildung.lib.languages import BY_CODE, CODES
from herne_bildung.tests import pages
from herne_bildung.tests.document import parse

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("content"),
    pytest.mark.long,
]
LONGEST_KEPT = 300


@pytest.fixture(scope="module", params=CODES)
def answers(request, content) -> list[tuple[pages.Page, str, object]]:
    """(page, address, answer) of every page in a language, each asked for once."""
    client = Client()
    asked = [(page, page.address(request.param)) for page in content]
    return [(page, address, client.get(address)) for page, address in asked]


@pytest.fixture(scope="module")
def documents(answers) -> dict[str, object]:
    return {
        address: parse(answer.content.decode())
        for _, address, answer in answers
        if answer["Content-Type"].startswith("text/html")
    }


def test_every_kind_of_page_has_an_example():
    with_parts = {
        pattern.name for pattern in pages.patterns() if pattern.pattern.converters
    }

    assert with_parts == pages.EXAMPLES.keys()


def test_pages_answer(answers):
    assert {
        address: answer.status_code
        for _, address, answer in answers
        if answer.status_code != 200
    } == {}


def test_pages_say_their_language(answers, documents):
    language = BY_CODE[answers[0][1].split("/")[1]]

    wrong_header = [
        address
        for _, address, answer in answers
        if answer["Content-Language"] != language.code
    ]
    wrong = {
        address: (document.lang, document.dir)
        for address, document in documents.items()
        if (document.lang, document.dir) != (language.code, language.direction)
    }

    assert (wrong_header, wrong) == ([], {})


def test_pages_set_no_cookie(answers):
    assert {
        address: answer.cookies.output()
        for _, address, answer in answers
        if answer.cookies or "Cookie" in answer.get("Vary", "")
    } == {}


def test_pages_say_how_long_they_may_be_kept(answers):
    wrong = {}
    for page, address, answer in answers:
        said = answer.get("Cache-Control", "")
        age = re.fullmatch(r"public, max-age=(\d+)", said)
        is_kept = bool(age and int(age[1]) <= LONGEST_KEPT and answer.get("ETag"))
        if is_kept != page.may_be_kept or (not is_kept and said != "no-store"):
            wrong[address] = (said, answer.get("ETag"))

    assert wrong == {}


def test_pages_answer_304_to_those_who_have_them(answers):
    """All in German; of the other languages every fifth, it is the same code."""
    client = Client()
    step = 1 if answers[0][1].startswith("/de/") else 5

    again = {
        address: client.get(address, headers={"If-None-Match": answer["ETag"]})
        for page, address, answer in answers[::step]
        if page.may_be_kept and answer.get("ETag")
    }

    assert {
        address: (answer.status_code, answer.content)
        for address, answer in again.items()
        if (answer.status_code, answer.content) != (304, b"")
    } == {}


def test_pages_load_nothing_from_elsewhere(documents):
    assert {
        address: document.elsewhere
        for address, document in documents.items()
        if document.elsewhere
    } == {}


def test_pages_have_one_heading_of_the_first_level_and_skip_none(documents):
    assert {
        address: document.headings
        for address, document in documents.items()
        if document.headings.count(1) != 1 or document.skipped_levels
    } == {}


def test_pages_have_a_title_of_their_own(documents):
    without = {
        address: document.title
        for address, document in documents.items()
        if not document.title.strip() or document.title.strip().startswith("–")
    }

    assert without == {}


def test_ids_are_unique_and_labels_have_fields(documents):
    assert {
        address: (document.repeated_ids, document.labels_without_field)
        for address, document in documents.items()
        if document.repeated_ids or document.labels_without_field
    } == {}


def one_of_each_kind(content: list[pages.Page]) -> list[pages.Page]:
    return list({page.name: page for page in content}.values())


def one_to_each_kind(targets: set[str]) -> set[str]:
    """Targets that lead nowhere at all stay in."""
    kinds = {}
    for target in sorted(targets):
        try:
            kind = resolve(unquote(target)).view_name
        except Resolver404:
            kind = target
        kinds[kind] = target
    return set(kinds.values())


@pytest.mark.parametrize("language", ["de", "ar"])
def test_links_within_the_portal_lead_somewhere(content, language):
    """Links of the frame and of the pages, each asked for once; in Arabic those of one
    page of each kind, and one to each kind of page.
    """
    client = Client()
    shown = content if language == "de" else one_of_each_kind(content)
    answers = [client.get(page.address(language)) for page in shown]
    targets = {
        link.split("#")[0]
        for answer in answers
        if answer["Content-Type"].startswith("text/html")
        for link in parse(answer.content.decode()).links
        if link.startswith("/") and not link.startswith(("//", "/verwaltung/"))
    }
    if language != "de":
        targets = one_to_each_kind(targets)

    dead = {
        target: status
        for target in sorted(targets)
        if "?" not in target
        and (status := client.get(target).status_code) not in {200, 301, 302}
    }

    assert dead == {}


def test_headers_of_safety_stand_on_every_page(answers):
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    policies = {True: "no-referrer", False: "strict-origin-when-cross-origin"}
    wrong = {
        address: dict(answer.headers)
        for page, address, answer in answers
        if {name: answer.get(name) for name in wanted} != wanted
        or answer["Referrer-Policy"] != policies[page.name in pages.SECRET]
        or answer.get("X-Frame-Options") != page.frame_options
        or "'unsafe" in answer["Content-Security-Policy"]
        or "default-src 'none'" not in answer["Content-Security-Policy"]
    }

    assert wrong == {}


def test_unknown_addresses_are_not_found_in_their_language(client):
    answers = {code: client.get(f"/{code}/gibt-es-nicht/") for code in CODES}

    assert {
        code: (answer.status_code, parse(answer.content.decode()).lang)
        for code, answer in answers.items()
    } == {code: (404, code) for code in CODES}


def test_unknown_language_is_not_found(client):
    assert client.get("/fr/angebote/").status_code == 404


def test_the_bare_address_leads_to_the_readers_language(client):
    answer = client.get("/", headers={"Accept-Language": "fr, ar;q=0.8, de;q=0.5"})

    assert (
        answer.status_code,
        answer["Location"],
        answer["Cache-Control"],
        answer.cookies.output(),
    ) == (302, "/ar/", "no-store", "")
