"""The simulated year, so small and short that it only shows that all works."""

import json

import pytest
from django.core.management import call_command

from herne_bildung.portal.bench.year import run
from herne_bildung.portal.bench.year.simulate import Day, Outcome


def day(**values) -> Day:
    values = {
        "day": "2027-05-03",
        "is_pause": False,
        "visible": 100,
        "fresh": 99,
        "hidden": 0,
        "wrongly_visible": 0,
        "mails": 1,
    } | values
    return Day(**values)


def test_figures_name_the_worst_day_after_the_first_quarter():
    days = [day(fresh=10)] * run.FIRST_QUARTER
    days += [day(), day(fresh=96), day(fresh=50, is_pause=True, wrongly_visible=2)]
    outcome = Outcome(
        people={"prompt": 10},
        days=days,
        mails=31,
        clicks=6,
        confirmed_by_link=12,
        twice_a_day=1,
    )

    found = {f.name: (f.value, f.is_reached) for f in run.figures(outcome)}

    months = len(days) / 30.4
    assert found == {
        "care: worst day, % confirmed in time": (96.0, False),
        "care: worst day of a pause, %": (50.0, None),
        "care: on average, % confirmed in time": (pytest.approx(245 / 3), None),
        "care: mails a person and month": (3.1 / months, True),
        "care: second mails on one day": (1, False),
        "care: entries wrongly visible, worst day": (2, False),
        "care: clicks for a confirmed entry": (0.5, True),
    }


@pytest.mark.sweep
def test_small_year_asks_and_people_answer(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("bench", "--care", "--days=16", "--smaller=20")

    (path,) = (tmp_path / "bench").glob("*.json")
    figures = json.loads(path.read_text())["figures"]
    printed = capsys.readouterr().out
    assert figures["care: second mails on one day"] == 0
    assert figures["care: entries wrongly visible, worst day"] == 0
    assert 0 < figures["care: clicks for a confirmed entry"] <= 2
    assert "A simulated year: 100 entries, 12 people" in printed
    assert "Looking for due entries among 5,000: 250 due" in printed
