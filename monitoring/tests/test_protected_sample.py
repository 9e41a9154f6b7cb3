"""The invented count of the demo: protected like a real one, and gone on request."""

import pytest

from herne_bildung.city import reference
from herne_bildung.city.models import SearchDocument
from herne_bildung.city.tests.factories import make_city, make_district
from monitoring import samples as of_the_monitoring
from monitoring.choices import Level, ReleaseState, ValueState
from monitoring.models import (
    Area,
    Category,
    Dimension,
    Indicator,
    Observation,
    ProtectionRule,
    ProtectionRun,
    RawValue,
    Release,
    TableSet,
)
from monitoring.protection import samples
from monitoring.tests.factories import make_indicator, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("districts")]
MADE_UP = "This is made up. It only shows what the portal can do."


@pytest.fixture
def districts():
    """Herne with five quarters as areas, and the breakdown by sex."""
    reference.forget()
    city = make_city()
    herne = Area.objects.create(
        key=city.key, level=Level.CITY, name=city.name, district=city
    )
    for name in ("Ost", "West", "Nord", "Mitte", "Ufer"):
        district = make_district(name)
        Area.objects.create(
            key=district.key,
            level=Level.QUARTER,
            name=name,
            district=district,
            parent=herne,
        )
    make_theme(samples.THEME)
    sex = Dimension.objects.create(key=samples.SEX, name_de="Geschlecht")
    for order, key in enumerate(("weiblich", "maennlich")):
        Category.objects.create(dimension=sex, key=key, name_de=key, order=order)
    yield
    reference.forget()


def test_small_counts_are_secret_and_so_is_what_would_give_them_away(client):
    samples.add()

    release = Release.objects.get()
    secret = Observation.objects.filter(state=ValueState.SUPPRESSED)
    run = release.run
    page = client.get(f"/en/monitoring/{samples.SLUG}/")

    assert (release.state, release.is_sample) == (ReleaseState.PUBLISHED, True)
    assert (run.report["result"], run.primary + run.secondary) == ("ok", secret.count())
    assert min(run.primary, run.secondary) > 0
    assert not Observation.objects.filter(value__gt=0, value__lt=5).exists()
    assert RawValue.objects.filter(value__gt=0, value__lt=5).exists()
    assert Observation.objects.filter(value=0).exists()
    assert (MADE_UP in page.text, "noindex" in page.text) == (True, True)


def test_it_goes_and_what_is_real_stays():
    real = make_indicator("Echt")
    assert samples.add() == samples.add()

    assert samples.remove() == 1
    assert samples.remove() == 0

    assert list(Indicator.objects.all()) == [real]
    assert [
        model.objects.count()
        for model in (
            Release,
            RawValue,
            Observation,
            ProtectionRun,
            TableSet,
            ProtectionRule,
        )
    ] == [0] * 6
    assert not SearchDocument.objects.filter(kind="indicator").exists()


def test_nothing_of_it_is_left_when_all_samples_of_the_monitoring_go():
    samples.add()

    number = of_the_monitoring.remove()

    left = [Indicator, Release, TableSet, ProtectionRule, SearchDocument]
    kept = [model.__name__ for model in left if model.objects.exists()]
    assert (number, kept) == (1, [])
