"""The secrets of links stay out of every line of the log."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client

from herne_bildung.lib.token_addresses import without_tokens

SECRET = "12.AbCdEf.GhIjKl_-mN"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (f"Not Found: /de/pflege/{SECRET}/", "Not Found: /de/pflege/…/"),
        (f"/ar/pflege/{SECRET}/3/beendet/?a=b", "/ar/pflege/…/3/beendet/?a=b"),
        (
            f'"GET /de/pflege/einladung/{SECRET}/ HTTP/1.1"',
            '"GET /de/pflege/einladung/…/ HTTP/1.1"',
        ),
        (
            f"https://x.example/de/pflege/{SECRET} und",
            "https://x.example/de/pflege/… und",
        ),
        (f"/de/abo/bestaetigen/{SECRET}/", "/de/abo/bestaetigen/…/"),
        (f"/de/abo/verwalten/{SECRET}/", "/de/abo/verwalten/…/"),
        (f"/de/abo/abmelden/{SECRET}/", "/de/abo/abmelden/…/"),
        ("/de/abo/ziel/12/danke/", "/de/abo/ziel/12/danke/"),
        ("/de/angebote/pflege/", "/de/angebote/pflege/"),
        ("/de/angebote/?q=pflege", "/de/angebote/?q=pflege"),
    ],
)
def test_secrets_are_taken_out(text, cleaned):
    assert without_tokens(text) == cleaned


@pytest.fixture
def log(monkeypatch):
    """What the handler of the settings writes."""
    written = io.StringIO()
    before = logging.root.handlers[:]
    logging.config.dictConfig(settings.LOGGING)
    [handler] = [one for one in logging.root.handlers if one not in before]
    monkeypatch.setattr(handler, "stream", written)
    yield written
    logging.root.handlers[:] = before


def test_a_page_not_found_is_logged_without_its_secret(log):
    Client().get(f"/xx/pflege/{SECRET}/")

    assert "Not Found: /xx/pflege/…/" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_failure_is_logged_with_its_traceback_and_without_the_secret(log):
    try:
        raise RuntimeError(f"cannot open /de/pflege/{SECRET}/")
    except RuntimeError:
        # As Django says it of a page that fails.
        logger = logging.getLogger("django.request")
        logger.exception("Internal Server Error: %s", f"/de/pflege/{SECRET}/")

    assert "Internal Server Error: /de/pflege/…/" in log.getvalue()
    assert "RuntimeError: cannot open /de/pflege/…/" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_every_handler_of_the_settings_hides_them():
    assert {
        name: "tokens" in handler["filters"]
        for name, handler in settings.LOGGING["handlers"].items()
    } == dict.fromkeys(settings.LOGGING["handlers"], True)
