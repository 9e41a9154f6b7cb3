"""Times of day in a correction that waits, as staff read and compare them."""

from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.proposals import in_words, is_same


def test_a_time_is_said_without_seconds():
    kind = kinds()["offering"]

    said = [in_words(kind, "start_time", one) for one in ("09:30:00", "10:00")]

    assert said == ["09:30", "10:00"]


def test_a_time_with_seconds_is_the_same_as_without():
    assert is_same("09:30:00", "09:30")
    assert not is_same("09:30:00", "10:00")
