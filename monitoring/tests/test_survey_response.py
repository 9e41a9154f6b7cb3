"""How many took part, and whether those who were asked heard what came out."""

from datetime import date, time, timedelta

import pytest
from django.utils.translation import override

from herne_bildung.city import reference
from herne_bildung.lib import clock, page_cache
from herne_bildung.lib.clock import at
from monitoring.surveys.participation import response
from monitoring.tests.survey_factories import make_instrument, make_wave

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LIST = "/en/monitoring/befragungen/"


@pytest.fixture(autouse=True)
def today():
    clock.shift(at(TODAY, time(10)) - clock.now())
    reference.forget()
    page_cache.outdate()
    yield
    clock.shift(timedelta())
    page_cache.outdate()
    reference.forget()


@pytest.mark.parametrize(
    ("invited", "answered", "participation", "expected"),
    [
        (None, None, None, []),
        (200, 50, None, ["200", "50", "25.0%"]),
        (200, 50, "26", ["200", "50", "26.0%"]),
        (40, 4, None, ["40", "fewer than 5"]),
        (40, 0, "0", ["40", "fewer than 5"]),
        (40, 5, None, ["40", "5", "12.5%"]),
        # From a share of those asked the number could be worked out.
        (40, None, "10", ["40"]),
        (40, None, "12.5", ["40", "12.5%"]),
        (4, 4, "100", ["fewer than 5", "fewer than 5"]),
        (None, 3, "50", ["fewer than 5"]),
        (None, None, "58", ["58.0%"]),
    ],
)
def test_few_people_are_never_counted(invited, answered, participation, expected):
    wave = make_wave(
        None,
        TODAY,
        invited=invited,
        answered=answered,
        participation=participation,
    )
    wave.refresh_from_db()

    with override("en"):
        assert [value for _label, value in response(wave, "en")] == expected


@pytest.mark.parametrize(
    ("ended", "values", "expected"),
    [
        (0, {}, ("", "")),
        (1, {}, ("due", "Not reported back yet")),
        (26 * 7, {}, ("due", "Not reported back yet")),
        (
            26 * 7 + 1,
            {},
            (
                "missing",
                "Not reported back to those asked, more than 26 weeks after the end",
            ),
        ),
        (
            300,
            {"reported_on": TODAY},
            ("reported", "Reported back on November 24, 2026"),
        ),
        (
            300,
            {"reported_on": TODAY + timedelta(1)},
            ("planned", "Is reported back on November 25, 2026"),
        ),
    ],
)
def test_missing_answers_to_those_asked_are_said(client, ended, values, expected):
    end = TODAY - timedelta(ended)
    survey = make_instrument(slug="b")
    make_wave(survey, end, ends_on=end, findings_text_de="Zufrieden.", **values)

    [shown] = client.get(f"{LIST}b/").context["survey"].waves

    assert (shown["reporting"]["kind"], shown["reporting"]["text"]) == expected
    assert shown["findings"].text == "Zufrieden."


def test_a_statistic_owes_nobody_an_answer(client):
    survey = make_instrument(slug="b", is_survey=False)
    make_wave(survey, TODAY - timedelta(400))

    page = client.get(f"{LIST}b/")

    assert page.context["survey"].waves[0]["reporting"]["kind"] == ""
    assert "nobody is asked" in page.text
