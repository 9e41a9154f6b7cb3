"""What a run remembers of news does not grow with what is followed."""

from herne_bildung.freshness import subscriptions
from herne_bildung.freshness.subscriptions import NewsOfOneRun
from herne_bildung.lib import clock


def test_only_the_last_news_are_remembered(monkeypatch):
    monkeypatch.setattr(subscriptions, "KEPT_NEWS", 2)
    run = NewsOfOneRun(clock.now())

    for key in ("one", "two", "three"):
        assert run.of("unknown", key, clock.now(), "de") == []

    assert [key for _kind, key, *_ in run._known] == ["two", "three"]
