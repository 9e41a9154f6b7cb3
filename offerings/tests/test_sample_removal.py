"""Samples go away without a trace; the demo stays unless it is named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from herne_bildung.city import reference
from herne_bildung.city.models import Organisation, Place, SearchDocument
from herne_bildung.city.tests.factories import make_membership, make_user
from herne_bildung.freshness.actions.sync import sync, sync_all
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from offerings import samples
from offerings.models import (
    CostOption,
    Occurrence,
    Offering,
    OfferingIndex,
    Schedule,
)
from offerings.samples import care
from offerings.samples.bodies import slug_of
from offerings.samples.words import ORGANISATIONS
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    reference.forget()


def test_removing_leaves_real_entries_and_nothing_else(topics):
    samples.generate(20)
    sample_place = Place.objects.filter(is_sample=True).first()
    real = make_offering("Echt", places=[sample_place], price="3.00", schedule={})
    real.successor = Offering.objects.filter(is_sample=True).first()
    real.save()

    removed = samples.remove()

    real.refresh_from_db()
    assert removed == 20
    assert list(Offering.objects.all()) == [real]
    assert real.successor is None
    assert list(Place.objects.all()) == [sample_place]
    assert Organisation.objects.count() == 0
    assert (Schedule.objects.count(), CostOption.objects.count()) == (1, 1)
    assert [row.object_id for row in SearchDocument.objects.all()] == [real.pk]
    listed = OfferingIndex.objects.filter(is_listed=True)
    assert [row.offering_id for row in listed] == [real.pk]


def test_removing_hides_samples_from_every_process(topics):
    samples.generate(1)
    sample, real = Offering.objects.get(), make_offering("Echt")

    samples.remove()

    rows = dict(OfferingIndex.objects.values_list("offering_id", "is_listed"))
    assert rows == {sample.pk: False, real.pk: True}


@pytest.mark.parametrize(("with_demo", "kept"), [(False, ["demo", "hand"]), (True, [])])
def test_demo_stays_unless_it_is_named(topics, with_demo, kept):
    samples.generate(3, seed=samples.DEMO)
    samples.generate(4)
    body = Offering.objects.earliest("pk").provider
    by_hand = make_offering("Von Hand", provider=body, is_sample=True)
    demo = set(Offering.objects.filter(seed_key__startswith="sample-0-"))
    bodies = Organisation.objects.count()
    places = Place.objects.count()

    removed = samples.remove(with_demo=with_demo)

    left = {"demo": demo, "hand": {by_hand}}
    assert removed == (8 if with_demo else 4)
    assert set(Offering.objects.all()) == set().union(*(left[name] for name in kept))
    assert set(
        SearchDocument.objects.filter(kind="offering").values_list(
            "object_id", flat=True
        )
    ) == set(Offering.objects.values_list("pk", flat=True))
    assert (Organisation.objects.count(), Place.objects.count()) == (
        (bodies, places) if kept else (0, 0)
    )
    assert Organisation.objects.exclude(parent=None).exists() is bool(kept)


def test_care_of_samples_goes_with_them(topics):
    samples.generate(100, seed=samples.DEMO)
    body = Organisation.objects.get(slug=slug_of(ORGANISATIONS[0][0]))
    make_membership(make_user(is_demo=True), body)
    ids = care.add(body)
    sync_all("offering")
    care.confirm(ids)
    real = make_offering("Echt", schedule={})
    sync("offering", [real.pk])
    confirmed = MaintainedEntry.objects.exclude(confirmed_at=None)
    assert {row.object_id for row in confirmed} == {*ids}
    assert (len(ids) > 0, Occurrence.objects.count()) == (True, 3)

    samples.remove(with_demo=True)

    assert [row.object_id for row in MaintainedEntry.objects.all()] == [real.pk]
    assert (Occurrence.objects.count(), Confirmation.objects.count()) == (0, 0)


def test_commands_generate_and_remove(topics):
    out = StringIO()

    call_command("generate_sample", offerings=3, seed=9, stdout=out)
    call_command("remove_sample", yes=True, stdout=out)

    assert out.getvalue().strip().split("\n")[1:] == [
        "3 Beispielangebote erzeugt.",
        "3 Beispielangebote entfernt.",
    ]
    assert Offering.objects.count() == 0


def test_command_keeps_the_demo_and_says_so(topics):
    samples.generate(2, seed=samples.DEMO)
    samples.generate(3)
    out = StringIO()

    call_command("remove_sample", yes=True, stdout=out)
    call_command("remove_sample", yes=True, with_demo=True, stdout=out)

    assert out.getvalue().strip().split("\n") == [
        "3 Beispielangebote entfernt.",
        "2 Beispielangebote der Demo bleiben; --demo entfernt auch sie.",
        "Beispiel-Beratungsstellen entfernt: 0.",
        "Beispiele des Monitorings entfernt: 0.",
        "Beispielziele entfernt: 0.",
        "2 Beispielangebote entfernt.",
        "0 Demo-Zugänge entfernt.",
    ]


def test_removing_asks_first(topics, monkeypatch):
    samples.generate(2)
    monkeypatch.setattr("builtins.input", lambda question: "n")

    with pytest.raises(CommandError):
        call_command("remove_sample", stdout=StringIO())

    assert Offering.objects.count() == 2
