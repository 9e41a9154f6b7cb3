"""The filters that ask when, as the panel, cards and caches have them."""

from datetime import time, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from offerings.tests.answers import find
from offerings.tests.factories import make_offering
from offerings.tests.test_slots import TUESDAY, make_mixed, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    def to(**later: int) -> None:
        moment = TUESDAY + timedelta(**later)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return to


@pytest.fixture(autouse=True)
def _a_tuesday(at):
    at()


def counts(query: str, name: str) -> dict[str, tuple[int, int]]:
    """Choices of a filter that would leave something, with both numbers."""
    [group] = [one for one in find(query, "en").panel if one["name"] == name]
    return {
        choice["value"]: (choice["count"], choice["maybe"])
        for choice in group["choices"]
        if choice["count"] or choice["maybe"]
    }


def test_numbers_of_choices_are_of_one_date():
    make_mixed()
    make_offering("Ohne Termin")

    assert counts("", "weekday") == {
        **{str(day): (0, 1) for day in range(7)},
        "1": (2, 1),
        "2": (1, 1),
    }
    assert counts("time=evening", "weekday")["1"] == (1, 1)
    assert counts("weekday=1", "time") == {
        "morning": (1, 1),
        "afternoon": (0, 1),
        "evening": (1, 1),
    }
    # Choices of a weekday add up, of "when" one can be chosen.
    assert counts("weekday=2", "weekday")["1"] == (2, 1)
    assert counts("when=tomorrow", "when") == {
        "today": (2, 1),
        "tomorrow": (1, 1),
        "weekend": (0, 1),
        "week": (2, 1),
    }
    assert counts("when=tomorrow", "weekday")["2"] == (1, 1)
    assert counts("when=tomorrow", "weekday")["1"] == (0, 1)


def test_numbers_follow_the_clock(at):
    make_offering("Bis elf", schedule={"end_time": time(11)})

    assert counts("", "when")["today"] == (1, 0)
    at(minutes=60)
    assert "today" not in counts("", "when")


def test_numbers_tell_what_may_fit_in_school_holidays():
    SchoolHoliday.objects.create(
        name="Herbstferien", starts_on="2026-10-10", ends_on="2026-10-31"
    )
    for what in ("", "no", "yes"):
        make_offering(schedule={"in_school_holidays": what})

    assert counts("from=2026-10-12&to=2026-10-18", "weekday") == {"1": (1, 1)}


def test_why_dates_are_not_known():
    make_offering("Ohne Termin")

    assert reasons("weekday=1&time=evening&when=week") == {
        "Ohne Termin": ["weekday not known", "time not known", "dates not known"]
    }


def test_two_of_when_are_an_error_and_other_filters_work():
    make_offering("Kurs", schedule={})
    make_offering("Teuer", schedule={}, is_free=False)

    result = find("when=today&when=week&cost=paid", "en")

    assert result.errors == {"when": ["Please choose one of these."]}
    assert [card["title"]["text"] for card in result.sure] == ["Teuer"]
    assert find("when=never", "en").errors == {
        "when": ["We do not know this choice: never"]
    }


def test_a_chip_says_when():
    [chip] = find("when=weekend", "en").chips

    assert chip == {"label": "this weekend", "url": "/en/angebote/"}


@pytest.mark.parametrize(
    ("minutes", "query", "seconds"),
    [
        (0, "when=today", 300),
        # At eleven it is over.
        (58, "when=today", 120),
        (58, "", 300),
        (60, "when=today", 300),
        # A minute to midnight.
        (14 * 60 - 1, "when=today", 60),
        (14 * 60 - 1, "", 60),
    ],
)
def test_a_page_is_kept_until_its_answer_changes(client, at, minutes, query, seconds):
    make_offering("Bis elf", schedule={"end_time": time(11)})
    at(minutes=minutes)

    response = client.get(f"/en/angebote/?{query}")

    assert response.headers["Cache-Control"] == f"public, max-age={seconds}"


@pytest.mark.parametrize("path", ["angebote/karte/", "angebote/termine.ics", "feed/"])
def test_map_calendar_and_feed_are_kept_as_the_list(client, at, path):
    make_offering("Bis elf", schedule={"end_time": time(11)})
    at(minutes=58)

    response = client.get(f"/en/{path}?when=today")

    assert response.headers["Cache-Control"] == "public, max-age=120"
