"""The filter for days, at its bounds: both ends, today, and how far dates are known."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.utils.translation import override

from herne_bildung.lib import clock
from offerings.dates.slots import HORIZON
from offerings.results import results
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)  # a Tuesday
LAST = date(2027, 2, 3)  # the last day known, a Wednesday


@pytest.fixture
def set_day(monkeypatch):
    def to(day: int) -> None:
        moment = datetime(2026, 10, day, 8, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return to


@pytest.fixture(autouse=True)
def _offers(set_day):
    set_day(TODAY.day)
    make_offering("Dienstags", schedule={"weekdays": [1]})
    make_offering("Mittwochs", schedule={"weekdays": [2]})
    make_offering("Ohne Termin")


def found(query: str) -> tuple[list[str], list[str]]:
    """Titles that surely fit and that may fit, by name."""
    with override("de"):
        result = results(QueryDict(f"{query}&sort=name"), "/de/angebote/", "de")
    assert result.errors == {}
    return tuple(
        [card["title"]["text"] for card in cards]
        for cards in (result.sure, result.maybe)
    )


@pytest.mark.parametrize(
    ("query", "sure"),
    [
        ("from=2026-10-13&to=2026-10-13", ["Dienstags"]),
        ("from=2026-10-08&to=2026-10-13", ["Dienstags"]),
        ("from=2026-10-13&to=2026-10-14", ["Dienstags", "Mittwochs"]),
        ("from=2026-10-08&to=2026-10-12", []),
        ("to=2026-10-06", ["Dienstags"]),
    ],
)
def test_both_days_count(query, sure):
    assert found(query) == (sure, ["Ohne Termin"])


def test_a_first_day_in_the_past_is_today(set_day):
    set_day(TODAY.day + 1)

    assert found("from=2026-10-01&to=2026-10-07") == (["Mittwochs"], ["Ohne Termin"])


@pytest.mark.parametrize(
    ("query", "sure", "maybe"),
    [
        ("from=2027-02-03&to=2027-02-03", ["Mittwochs"], ["Ohne Termin"]),
        ("from=2027-02-03", ["Dienstags", "Mittwochs"], ["Ohne Termin"]),
        # Known of those whose row of the index is young enough.
        ("from=2027-02-04&to=2027-02-09", ["Dienstags"], ["Mittwochs", "Ohne Termin"]),
        ("from=2027-04-01", [], ["Dienstags", "Mittwochs", "Ohne Termin"]),
    ],
)
def test_dates_are_known_up_to_a_last_day(query, sure, maybe):
    assert TODAY + HORIZON == LAST
    assert found(query) == (sure, maybe)
