"""The invented finding of the demo."""

import pytest

from goals import samples as goals
from herne_bildung.city.tests.factories import make_organisation
from monitoring import samples
from monitoring.findings.tests.factories import make_figure, make_finding
from monitoring.models import (
    Area,
    Decision,
    Discussion,
    Figure,
    Finding,
    Indicator,
    Observation,
    Release,
    Theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = make_organisation("Beispielhaus", is_sample=True)
    goals.add(house)
    return house


def test_it_shows_every_step_and_says_that_it_is_made_up(client, house):
    samples.add(house)

    answer = client.get("/en/monitoring/erkenntnisse/beispiel-erkenntnis/")

    page = answer.context["finding"]
    assert "This is made up." in answer.text
    assert "noindex" in answer.text
    assert [one.value.text for one in page.basis] == ["32.5%"]
    assert [one.difference for one in page.effects] == ["+5.5 percentage points"]
    assert [len(one) for one in (page.discussions, page.decisions, page.measures)] == [
        1,
        1,
        1,
    ]
    assert {figure.entry.area.name for figure in page.basis} == {"Beispielort"}


def test_it_goes_with_all_that_belongs_to_it_and_nothing_else(house):
    real = make_figure(make_finding("Echt"))
    models = (
        Finding,
        Figure,
        Discussion,
        Decision,
        Release,
        Observation,
        Indicator,
        Area,
        Theme,
    )
    before = [model.objects.count() for model in models]
    samples.add(house)
    samples.add(house)

    samples.remove()

    assert [model.objects.count() for model in models] == before
    assert list(Figure.objects.all()) == [real]
    assert goals.remove() == 1


def test_without_the_invented_goal_there_is_none():
    samples.add(make_organisation("Beispielhaus", is_sample=True))

    assert Finding.objects.count() == 0
