"""What each address answers to each role is what the table says."""

import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.contrib.admin import AdminSite
from django.db import transaction
from django.http import HttpResponse
from django.template import loader
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from herne_bildung.tests.roles import table
from herne_bildung.tests.roles.addresses import Request, addresses, patterns, requests
from herne_bildung.tests.roles.people import ANONYMOUS, ROLES, session_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]
COLUMNS = [ANONYMOUS, *ROLES]


@pytest.fixture
def quick(monkeypatch, settings) -> Iterator[None]:
    """Thousands of requests: lists and forms are made, but not their HTML and menu,
    which other tests look at; sessions are in the cookie; refusals are not logged.
    """

    def render(self: SimpleTemplateResponse) -> SimpleTemplateResponse:
        self.content = b""
        return self

    monkeypatch.setattr(SimpleTemplateResponse, "render", render)
    monkeypatch.setattr(loader, "render_to_string", lambda *args, **values: "")
    monkeypatch.setattr(AdminSite, "get_app_list", lambda *args, **values: [])
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def answer(client: Client, cookies: dict[str, str], request: Request) -> str:
    """The kind of answer; whatever it changed is undone."""
    client.cookies = SimpleCookie(cookies)
    if request.method == "GET":
        return said(client.get(request.path))
    with transaction.atomic():
        found = said(client.post(request.path))
        transaction.set_rollback(True)
    return found


def said(response: HttpResponse) -> str:
    """The status; for redirects where they lead, as far as it matters."""
    if response.status_code != 302:
        return str(response.status_code)
    path = response["Location"].partition("?")[0]
    known = {
        reverse("account_login"): "sign in",
        reverse("admin:login"): "sign in",
        reverse("account_reauthenticate"): "password",
        reverse("mfa_index"): "second factor",
        reverse("admin:index"): "start",
    }
    return known.get(path, "onward")


def test_answers_are_as_the_table_says(world, quick, pytestconfig):
    client, answers = Client(raise_request_exception=False), {}
    wanted = requests(world.own, world.foreign, world.shared)
    for role in COLUMNS:
        cookies = session_of(world.people.get(role))
        for request in wanted:
            found = answer(client, cookies, request)
            answers.setdefault(request.key, {})[role] = found

    if pytestconfig.getoption("--write-table"):
        table.write(answers, COLUMNS)
    expected = table.read()
    unknown = sorted({key[0] for key in answers.keys() - expected.keys()})
    gone = sorted({key[0] for key in expected.keys() - answers.keys()})
    assert not unknown, f"{HOW} The table of roles does not know: {', '.join(unknown)}"
    assert not gone, f"{HOW} The table of roles names what is gone: {', '.join(gone)}"
    assert [key for key, by_role in answers.items() if "500" in by_role.values()] == []
    assert differing(answers, expected) == []


HOW = "Run with --write-table and review table.csv."


def differing(answers: table.Answers, expected: table.Answers) -> list[str]:
    return [
        f"{' '.join(key)}, {role}: {found}, the table says {expected[key].get(role)}"
        for key, by_role in answers.items()
        for role, found in by_role.items()
        if expected[key].get(role) != found
    ]


def test_addresses_without_a_name_only_lead_on():
    """They are not in the table."""
    named = {route for name, route, _ in patterns() if name.rpartition(":")[2]}
    unnamed = [route for name, route, _ in patterns() if not name.rpartition(":")[2]]

    strange = [
        route
        for route in unnamed
        if not route.endswith(("/<path:object_id>/", "(?P<url>.*)$"))
    ]
    assert [route for route in strange if route not in named] == []
    assert len(unnamed) > 10
    assert len(addresses()) > 100
