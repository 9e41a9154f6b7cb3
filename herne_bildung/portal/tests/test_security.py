"""Headers that keep pages safe, in production settings too."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from herne_bildung.portal.middleware import PERMISSIONS
from herne_bildung.portal.tests.factories import (
    make_found_organisation,
    make_found_school,
    make_offering,
)

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "object-src": {"'none'"},
}
NOT_FRAMED = {"feed/", "barrierefreiheit/melden/", "barrierefreiheit/danke/"}
ADDRESSES = (
    "",
    "suche/?q=musik",
    "angebote/",
    "angebote/musik/",
    "anbieter/verein/",
    "schulen/",
    "schulen/schule/",
    "familie/",
    "ueber/",
    "impressum/",
    "datenschutz/",
    "barrierefreiheit/",
    "barrierefreiheit/melden/",
    "barrierefreiheit/danke/",
    "feed/",
    "gibt-es-nicht/",
)
# Asked for in a process of its own, because settings are read once.
PRODUCTION = """
import json, django
django.setup()
from django.test import Client
client = Client(headers={"host": "bildung.example"})
paths = {"https": ("/robots.txt", True), "http": ("/robots.txt", False),
         "health": ("/healthz", False)}
print(json.dumps({
    name: [answer.status_code, dict(answer.headers)]
    for name, (path, is_secure) in paths.items()
    for answer in [client.get(path, secure=is_secure)]
}))
"""


def policy(header: str) -> dict[str, set[str]]:
    rules = (rule.split() for rule in header.split(";") if rule.strip())
    return {name: set(sources) for name, *sources in rules}


@pytest.fixture
def _content():
    make_offering("Musik", slug="musik")
    make_found_organisation("Musikverein", slug="verein")
    make_found_school("Musikschule", slug="schule")


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_the_strict_headers_and_no_cookie(client, address):
    # By our own pages, beside another language: no feeds, and no forms.
    is_framed = address not in NOT_FRAMED
    ancestors = {"frame-ancestors": {"'self'"}} if is_framed else {}
    for _ in range(2):  # made, and then from the cache
        response = client.get(f"/de/{address}")

        assert policy(response["Content-Security-Policy"]) == POLICY | ancestors
        assert {
            name: response.headers.get(name)
            for name in (
                "X-Content-Type-Options",
                "X-Frame-Options",
                "Referrer-Policy",
                "Cross-Origin-Opener-Policy",
                "Permissions-Policy",
                "Set-Cookie",
            )
        } == {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN" if is_framed else "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS,
            "Set-Cookie": None,
        }
        assert response.cookies.output() == ""


def test_only_our_own_pages_may_ask_for_the_position():
    rules = dict(rule.strip().split("=") for rule in PERMISSIONS.split(","))

    assert rules.pop("geolocation") == "(self)"
    assert set(rules.values()) == {"()"}


def test_administration_has_the_same_policy(client):
    response = client.get("/verwaltung/konto/anmelden/")

    assert policy(response["Content-Security-Policy"]) == POLICY
    assert response.cookies["csrftoken"]["path"] == "/verwaltung/"


def test_policy_allows_nothing_inline():
    sources = set().union(*POLICY.values())

    assert sources == {"'none'", "'self'", "data:"}


def test_production_asks_for_tls_and_answers_the_watchman_without(tmp_path):
    environment = os.environ | {
        "PRODUCTION": "true",
        "ALLOWED_HOSTS": "bildung.example",
        "SECRET_KEY": "for this test " * 5,
        "DJANGO_SETTINGS_MODULE": "herne_bildung.settings",
        "LOG_LEVEL": "ERROR",
    }

    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    answers = json.loads(done.stdout.splitlines()[-1])
    assert {name: status for name, (status, _) in answers.items()} == {
        "https": 200,
        "http": 301,
        "health": 200,
    }
    assert answers["https"][1]["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
    assert answers["http"][1]["Location"] == "https://bildung.example/robots.txt"
    assert policy(answers["https"][1]["Content-Security-Policy"]) == POLICY


def test_without_setting_only_names_of_this_machine_are_answered():
    environment = {k: v for k, v in os.environ.items() if k != "ALLOWED_HOSTS"}
    code = "from herne_bildung import settings; print(*settings.ALLOWED_HOSTS)"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["localhost", "127.0.0.1", "[::1]"]
