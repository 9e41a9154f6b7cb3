"""Correcting an offer from a reminder: days and times too, where they are simple."""

from datetime import time
from decimal import Decimal

import pytest
from django.utils.translation import override

from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.proposals import in_words
from offerings.forms import OfferingCorrection
from offerings.models import CostOption, Offering
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db


def filled(offering: Offering, **changed) -> dict:
    form = OfferingCorrection(instance=offering)
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in (values | changed).items() if value is not None
    }


def test_days_and_times_of_a_weekly_offer_are_fields():
    offering = make_offering(schedule={"weekdays": [1], "end_time": time(11)})
    form = OfferingCorrection(
        filled(offering, weekdays=["2", "4"], start_time="10:00"), instance=offering
    )

    assert form.is_valid(), form.errors
    assert sorted(form.changed_data) == ["start_time", "weekdays"]
    form.save()

    schedule = Offering.objects.get(pk=offering.pk).schedules.get()
    assert (schedule.weekdays, schedule.start_time, schedule.end_time) == (
        [2, 4],
        time(10),
        time(11),
    )


def test_nothing_changed_is_nothing_changed():
    offering = make_offering(schedule={}, description_de="Eins.\n\nZwei.")
    sent = filled(offering, description_de="Eins.\r\n\r\nZwei.")

    assert OfferingCorrection(sent, instance=offering).changed_data == []


def test_more_than_one_schedule_is_told_in_words():
    offering = make_offering(schedule={})
    make_schedule(offering, weekdays=[3])

    assert "weekdays" not in OfferingCorrection(instance=offering).fields


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"title_de": ""}, "title_de"), ({"weekdays": []}, "weekdays")],
)
def test_what_must_not_be_empty(changed, field):
    offering = make_offering(schedule={})

    form = OfferingCorrection(filled(offering, **changed), instance=offering)

    assert list(form.errors) == [field]


def test_fields_say_what_they_are_so_that_nobody_errs():
    with override("en"):
        form = OfferingCorrection(instance=make_offering())
        said = [
            (str(form.fields[name].label), str(form.fields[name].help_text))
            for name in ("summary_de", "age_min_months", "age_max_months")
        ]

    assert said == [
        ("In short", "German text"),
        (
            "from age",
            "For example: 3, 3 years, 18 months. A number alone is years.",
        ),
        (
            "up to age",
            "For example: 6 years. Without a lower age: from birth. Empty: no upper "
            "age.",
        ),
    ]
    assert str(form["summary_de"]).startswith("<textarea")


def test_ages_are_in_german_words_and_the_upper_one_is_not_below():
    offering = make_offering(age_min_months=18, age_max_months=36)

    with override("ar"):
        shown = OfferingCorrection(instance=offering)["age_min_months"].value()
        wrong = filled(offering, age_min_months="4", age_max_months="18 Monate")
        form = OfferingCorrection(wrong, instance=offering)

    assert (shown, list(form.errors)) == ("18 Monate", ["age_max_months"])


def test_an_upper_age_alone_begins_at_birth():
    offering = make_offering()
    form = OfferingCorrection(
        filled(offering, age_max_months="bis 3 Jahre"), instance=offering
    )

    assert form.is_valid(), form.errors
    assert sorted(form.changed_data) == ["age_max_months", "age_min_months"]
    form.save()

    offering.refresh_from_db()
    assert (offering.age_min_months, offering.age_max_months) == (0, 36)


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        ("", {"price": "12.50", "price_per": "month"}, [(Decimal("12.50"), "month")]),
        ("3.50", {"price": "4"}, [(Decimal("4.00"), "once")]),
        ("3.50", {"price": ""}, []),
    ],
)
def test_one_price_is_a_field(before, sent, after):
    offering = make_offering(**({"price": before} if before else {}))
    form = OfferingCorrection(filled(offering, **sent), instance=offering)

    assert form.is_valid(), form.errors
    form.save()

    options = offering.cost_options.all()
    assert [(one.amount, one.per) for one in options] == after


def test_free_of_charge_with_a_price_is_refused_at_the_price():
    offering = make_offering(price="3.50")

    form = OfferingCorrection(filled(offering, is_free="true"), instance=offering)

    assert list(form.errors) == ["price"]


def test_several_prices_and_those_for_families_are_told_in_words():
    offering = make_offering(price="3.50")
    CostOption.objects.update(kind=CostOption.Kind.FAMILY)

    assert "price" not in OfferingCorrection(instance=offering).fields


def test_a_place_of_the_provider_can_be_chosen_and_no_other():
    kita, other = make_organisation(), make_place("Fremdes Haus")
    hall = make_place("Halle")
    kita.places.add(hall, make_place("Garten"))
    offering = make_offering(provider=kita, places=[make_place("Altes Haus")])

    shown = OfferingCorrection(instance=offering).fields["place"]
    wrong = OfferingCorrection(filled(offering, place=other.pk), instance=offering)
    form = OfferingCorrection(filled(offering, place=hall.pk), instance=offering)

    names = [place.name for place in shown.queryset]
    assert names == ["Altes Haus", "Garten", "Halle"]
    assert list(wrong.errors) == ["place"]
    assert form.is_valid(), form.errors
    form.save()
    assert [place.name for place in offering.places.all()] == ["Halle"]


def test_a_proposed_place_is_shown_by_its_name():
    place = make_place("Halle", street="Ringstraße 1", postal_code="44629")

    shown = in_words(kinds()["offering"], "place", str(place.pk))

    assert shown == "Halle, Ringstraße 1, 44629 Herne"
