"""The overview, a period, a goal, the Leitbild and the lines between goals."""

import pytest

from goals.models import GoalLink
from goals.tests.factories import (
    make_challenge,
    make_goal,
    make_measure,
    make_note,
    make_period,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def test_pages_answer_without_content_and_with_some(client):
    empty = [
        client.get(f"/de/ziele/{rest}").status_code
        for rest in ("", "leitbild/", "stammbaum/", "2013-2017/", "2013-2017/x/")
    ]
    period = make_period(2013, is_closed=True)
    goal = make_goal(period=period, slug="x", wording="Wortlaut")
    make_measure(goal=goal, wording="Wortlaut der Maßnahme", points=["Ein Punkt"])
    make_challenge(goal=goal)
    make_note(goal=goal)
    later = make_goal(slug="y")
    GoalLink.objects.create(
        earlier=goal, later=later, change="continued", reason_de="Weil es so ist."
    )

    full = [
        client.get(f"/de/ziele/{rest}").status_code
        for rest in ("", "leitbild/", "stammbaum/", "2013-2017/", "2013-2017/x/")
    ]

    assert (empty, full) == ([200, 200, 200, 404, 404], [200] * 5)
