"""The invented office of the demo."""

from datetime import date, time

import pytest

from counselling import samples
from counselling.models import Concern, CounsellingOffice
from counselling.tests.factories import make_concern, make_office
from herne_bildung.city.models import SearchDocument
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def test_it_is_marked_shows_hours_and_is_never_an_answer(client, clock_at):
    make_concern("Weiterbildung", key="weiterbildung")
    office = samples.add(make_organisation("Beispielhaus", is_sample=True))

    with clock_at(at(date(2026, 11, 24), time(10))):
        page = client.get(f"/en/beratung/{office.slug}/")

    assert page.context["office"].opening.text == "Open today until 12:00"
    assert "This office is made up." in page.text
    assert list(CounsellingOffice.objects.answers()) == []


def test_it_goes_with_all_that_belongs_to_it_and_nothing_else():
    make_concern("Weiterbildung", key="weiterbildung")
    body = make_organisation("Beispielhaus", is_sample=True)
    real = make_office("Echt")
    samples.add(body)
    assert samples.add(body).is_sample

    removed = samples.remove()
    body.delete()

    assert (removed, list(CounsellingOffice.objects.all())) == (1, [real])
    assert list(SearchDocument.objects.filter(kind="office")) == []
    assert Concern.objects.count() == 1
