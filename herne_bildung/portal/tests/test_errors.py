"""Pages for what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation

from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.portal import views
from herne_bildung.tests.document import parse


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda entry: entry.code)
def test_page_not_found_speaks_the_language_of_the_address(client, language):
    response = client.get(f"/{language.code}/gibt/es/nicht/")

    page = parse(response.content.decode())
    assert (response.status_code, page.lang, page.dir) == (
        404,
        language.code,
        language.direction,
    )
    assert response["Content-Language"] == language.code
    assert response["Cache-Control"] == "no-store"
    assert f'href="/{language.code}/suche/"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/familie/", "/ar/familie/"),
        ("/familie", "/ar/familie/"),
        ("/angebote/?age=3&q=m%C3%BCll", "/ar/angebote/?age=3&q=m%C3%BCll"),
        ("/angebote/termine.ics", "/ar/angebote/termine.ics"),
        ("/gibt/es/nicht/", None),
        ("/de/gibt/es/nicht/", None),
    ],
)
def test_address_without_a_language_leads_to_that_of_the_browser(client, typed, answer):
    response = client.get(typed, headers={"Accept-Language": "ar, de;q=0.5"})

    found = (response.status_code, response.get("Location"))
    assert found == ((302, answer) if answer else (404, None))
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_what_is_sent_to_an_address_without_a_language_is_not_carried_on(client):
    response = client.post("/angebote/heft/", {"paper": "a4"})

    assert (response.status_code, response.get("Location")) == (404, None)


@pytest.mark.parametrize(
    ("view", "problem", "status"),
    [
        (views.bad_request, [ValueError()], 400),
        (views.forbidden, [PermissionDenied()], 403),
        (views.not_found, [Http404()], 404),
        (views.server_error, [], 500),
    ],
)
def test_error_pages_need_no_database(view, problem, status):
    # Without the mark django_db any query would fail.
    request = RequestFactory().get("/ar/angebote/")
    with translation.override("ar"):
        response = view(request, *problem)

    assert response.status_code == status
    assert '<html lang="ar" dir="rtl">' in response.text
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_failing_page_answers_500_without_inner_workings(client, monkeypatch):
    def broken(*_args):
        raise RuntimeError("a secret of the inner workings")

    monkeypatch.setattr("herne_bildung.portal.views.search.site_results", broken)
    client.raise_request_exception = False

    response = client.get("/ar/suche/?q=x")

    assert (response.status_code, response["Content-Language"]) == (500, "ar")
    assert '<html lang="ar" dir="rtl">' in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text
