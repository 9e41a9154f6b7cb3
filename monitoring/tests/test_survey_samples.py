"""The invented surveys of the demo."""

import pytest

from herne_bildung.city import reference
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import clock
from monitoring import samples
from monitoring.models import AskedGroup, Instrument, Wave
from monitoring.surveys import care_lists
from monitoring.tests.survey_factories import make_group, make_wave

pytestmark = pytest.mark.django_db
MADE_UP = "This is made up. It only shows what the portal can do."


@pytest.fixture(autouse=True)
def districts():
    reference.forget()
    yield
    reference.forget()


def test_they_collide_once_and_say_what_they_are(client):
    samples.add(make_organisation("Beispielhaus", is_sample=True))

    found, geography = care_lists.coming(clock.today())
    page = client.get("/en/monitoring/befragungen/beispiel-befragung/")
    calendar = client.get("/en/monitoring/befragungen/termine.ics").content

    [said] = care_lists.said(found, geography)
    assert (str(said.first), str(said.second), said.text) == (
        "Beispiel-Befragung: Beispiel: Was brauchen Sie am Nachmittag?",
        "Beispiel-Befragung: Beispiel: Welche Sprachen sprechen Sie?",
        "Beispiel: Familien – Beispielhaus: 8 Tage auseinander, 12 Wochen sind "
        "gewünscht",
    )
    assert (MADE_UP in page.text, "noindex" in page.text) == (True, True)
    assert [wave["is_sample"] for wave in page.context["survey"].waves] == [True] * 3
    assert b"VEVENT" not in calendar


def test_they_go_and_what_is_real_stays():
    body = make_organisation("Beispielhaus", is_sample=True)
    real = make_wave(None, clock.today(), make_group())
    samples.add(body)
    samples.add(body)

    assert Wave.objects.count() == 4
    assert samples.remove() == 3
    body.delete()

    assert list(Wave.objects.all()) == [real]
    assert list(Instrument.objects.all()) == [real.instrument]
    assert list(AskedGroup.objects.all()) == list(real.groups.all())
