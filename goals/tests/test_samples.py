"""The invented period of the demo."""

import pytest

from goals import samples
from goals.models import Body, CouncilPaper, FeedbackNote, Goal, Measure, Period
from goals.tests.factories import make_measure
from herne_bildung.city.models import Organisation, SearchDocument
from herne_bildung.city.tests.factories import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
MADE_UP = "This is made up. It only shows what the portal can do."


def test_its_pages_say_that_it_is_made_up_and_show_status_and_milestones(client):
    period = samples.add(make_organisation("Beispielhaus", is_sample=True))

    pages = [
        client.get(f"/en/ziele/{period.slug}/{rest}").text
        for rest in ("", "beispielziel/")
    ]

    assert [MADE_UP in page for page in pages] == [True, True]
    assert ["noindex" in page for page in pages] == [True, True]
    assert sorted(Measure.objects.values_list("status", flat=True)) == [
        "done",
        "paused",
        "planned",
        "running",
    ]
    assert "Beispiel: Angebote zusammentragen" in pages[1]


def test_it_goes_with_all_that_belongs_to_it_and_nothing_else():
    body = make_organisation("Beispielhaus", is_sample=True)
    real = make_measure("Echt")
    samples.add(body)
    assert samples.add(body).is_sample

    found = SearchDocument.objects.filter(kind="goal").count()
    removed = samples.remove()
    body.delete()

    assert (found, SearchDocument.objects.filter(kind="goal").count()) == (1, 0)
    assert (removed, list(Measure.objects.all())) == (1, [real])
    assert list(Goal.objects.all()) == [real.goal]
    assert list(Period.objects.all()) == [real.goal.period]
    assert [
        model.objects.count()
        for model in (CouncilPaper, FeedbackNote, Body, Organisation)
    ] == [0, 0, 0, 0]
