"""What the administration does not look up, and strangers ask for."""

import io
import logging

import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_user

pytestmark = pytest.mark.django_db
OFFERS = "/verwaltung/offerings/offering/"


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What the portal writes to its log, where pytest leaves it alone."""
    [handler] = [
        handler
        for handler in logging.getLogger().handlers
        if handler.get_name() == "console"
    ]
    monkeypatch.setattr(handler, "stream", io.StringIO())
    monkeypatch.setattr(handler, "level", logging.WARNING)
    return handler.stream


@pytest.mark.parametrize(
    ("lookup", "status", "location", "line"),
    [
        (
            "provider__email=a",
            400,
            None,
            "ERROR django.security.DisallowedModelAdminLookup"
            " Filtering by provider__email not allowed",
        ),
        ("nonsense=a", 302, f"{OFFERS}?e=1", None),
        ("state__regex=(", 302, f"{OFFERS}?e=1", None),
    ],
)
def test_unknown_filters_are_answered_without_a_traceback(
    client, log, lookup, status, location, line
):
    ensure_groups()
    client.force_login(make_user("", OFFICE))

    response = client.get(f"{OFFERS}?{lookup}")

    lines = [text.split(" ", 2)[2] for text in log.getvalue().splitlines()]
    assert (response.status_code, response.headers.get("Location")) == (
        status,
        location,
    )
    assert lines == [line] * (line is not None)


def test_wrong_host_name_is_one_line_of_the_log(client, log):
    response = client.get("/de/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert log.getvalue().splitlines()[1:] == []
    assert "django.security.DisallowedHost Invalid HTTP_HOST" in log.getvalue()
