import pytest
from django.contrib.auth.models import Group

from herne_bildung.city.rights import OFFICE, STATISTICS
from herne_bildung.city.tests.factories import make_user
from monitoring.choices import Level, Measured, Protection
from monitoring.tests.factories import make_area, make_indicator


@pytest.fixture
def staff(db):
    Group.objects.get_or_create(name=OFFICE)
    return make_user("", OFFICE)


@pytest.fixture
def statistician(db):
    Group.objects.get_or_create(name=STATISTICS)
    return make_user("", STATISTICS)


@pytest.fixture
def share(db):
    """An indicator in percent, published by its source."""
    return make_indicator("Ausländeranteil", measured=Measured.SHARE)


@pytest.fixture
def secret(db):
    """Counts that are protected here."""
    return make_indicator(
        "Kinder ohne Platz",
        measured=Measured.COUNT,
        unit="persons",
        protection=Protection.PROTECTED,
    )


@pytest.fixture
def herne(db):
    return make_area("Herne", key="kreis-herne", official_key="05916")


@pytest.fixture
def essen(db):
    return make_area("Essen", key="kreis-essen", official_key="05113")


@pytest.fixture
def wanne(db):
    """Two areas of one name."""
    return [
        make_area("Wanne", key="stadtbezirk-wanne", level=Level.BOROUGH),
        make_area("Wanne", key="ortsteil-wanne", level=Level.QUARTER),
    ]
