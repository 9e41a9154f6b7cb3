"""The invented family centres of the demo come once and go with the samples."""

import pytest

from herne_bildung.city.models import NetworkLink, Organisation, SearchDocument
from offerings.centres.offers import listed, offers_of
from offerings.models import FamilyCentre
from offerings.samples import DEMO, generate, remove
from offerings.samples.centres import add

pytestmark = pytest.mark.django_db


def test_sample_centres_are_marked_and_leave_nothing(topics):
    generate(30, seed=DEMO)

    first, again = add(), add()

    assert [one.pk for one in again] == [one.pk for one in first]
    assert listed().filter(is_sample=True).count() == 2
    assert [offers_of(one).filter(is_sample=False).count() for one in first] == [0, 0]
    assert offers_of(first[0]).exclude(provider=first[0].organisation).exists()
    remove(with_demo=True)
    assert not FamilyCentre.objects.exists()
    assert not NetworkLink.objects.exists()
    assert not Organisation.objects.filter(is_sample=True).exists()
    assert not SearchDocument.objects.filter(kind="family_centre").exists()
