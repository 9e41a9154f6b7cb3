"""The list of offers: what is found, counted, ordered and said."""

from datetime import timedelta

import pytest

from herne_bildung.city.tests.factories import (
    make_city,
    make_district,
    make_place,
)
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.models import Offering
from offerings.tests.answers import find
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def titles(cards):
    return [card["title"]["text"] for card in cards]


def found(query=""):
    """(titles that surely fit, titles that may fit)"""
    result = find(query)
    return titles(result.sure), titles(result.maybe)


def test_only_published_and_visible_offers_are_found():
    make_offering("Sichtbar")
    make_offering("Entwurf", state=Offering.State.DRAFT)
    make_offering("Archiviert", state=Offering.State.ARCHIVED)
    make_offering("Noch nicht", visible_from="2999-01-01")
    make_offering("Nicht mehr", visible_until="2001-01-01")

    assert found() == (["Sichtbar"], [])
    assert Offering.objects.count() == 5


def test_age_finds_ranges_with_both_ends_and_puts_unknown_ages_last():
    make_offering("Babys", age_min_months=0, age_max_months=12)
    make_offering("Kleine", age_min_months=6, age_max_months=36)
    make_offering("Ab drei", age_min_months=36)
    make_offering("Alter unbekannt")

    assert found("age=0.5") == (["Babys", "Kleine"], ["Alter unbekannt"])
    assert found("age=3") == (["Ab drei", "Kleine"], ["Alter unbekannt"])
    assert found("age=99") == (["Ab drei"], ["Alter unbekannt"])


def test_unknown_facts_are_named_on_the_card():
    make_offering("Alter und Kosten unbekannt")

    result = find("age=3&cost=free", language="en")

    reasons = result.maybe[0]["may_fit_reasons"]
    assert reasons == ["age not known", "costs not known"]


def test_district_finds_what_lies_below_and_what_is_for_everywhere():
    wanne = make_district("Wanne", code="wanne")
    quarter = make_district("Süd", code="sued", level="ortsteil", parent=wanne)
    other = make_district("Sodingen", code="sodingen")
    make_offering("Im Ortsteil", places=[make_place(district=quarter)])
    make_offering("Im Bezirk", places=[make_place(district=wanne)])
    make_offering("Anderswo", places=[make_place(district=other)])
    make_offering("Online", format="online")
    make_offering("Ganz Herne", is_citywide=True)
    make_offering("Ort unbekannt")

    assert found("district=stadtbezirk-wanne") == (
        ["Ganz Herne", "Im Bezirk", "Im Ortsteil", "Online"],
        ["Ort unbekannt"],
    )
    assert found("district=ortsteil-sued") == (
        ["Ganz Herne", "Im Ortsteil", "Online"],
        ["Im Bezirk", "Ort unbekannt"],
    )


def test_a_guessed_district_may_fit_but_its_city_is_sure():
    make_city()
    quarter = make_district("Süd", code="sued", level="ortsteil")
    make_offering(
        "Vermutet", places=[make_place(district=quarter, is_district_guessed=True)]
    )

    assert found("district=ortsteil-sued") == ([], ["Vermutet"])
    assert found("district=stadt-herne") == (["Vermutet"], [])
    assert find(language="en").sure[0]["district_names"] == "probably Süd"


def test_former_district_keys_still_work():
    wanne = make_district("Wanne", code="wanne")
    wanne.aliases.create(key="stadtbezirk-alt")
    make_offering("Im Bezirk", places=[make_place(district=wanne)])

    assert found("district=stadtbezirk-alt") == (["Im Bezirk"], [])


def test_a_topic_includes_its_sub_topics():
    family = make_topic("Familie", key="familie")
    groups = make_topic("Krabbelgruppen", key="krabbelgruppen", parent=family)
    make_offering("Krabbelgruppe", topics=[groups])

    assert found("topic=familie") == (["Krabbelgruppe"], [])
    assert found("topic=krabbelgruppen") == (["Krabbelgruppe"], [])


def test_offers_for_parents_are_for_fathers_too():
    make_offering("Eltern", target_groups=["parents"])
    make_offering("Väter", target_groups=["fathers"])
    make_offering("Frauen", target_groups=["women"])

    assert found("target_group=fathers") == (["Eltern", "Väter"], [])


def test_several_values_of_one_filter_add_up_and_several_filters_narrow():
    make_offering("Türkisch frei", languages=["tr"], is_free=True)
    make_offering("Arabisch frei", languages=["ar"], is_free=True)
    make_offering("Arabisch bezahlt", languages=["ar"], is_free=False)

    assert found("language=tr&language=ar&cost=free") == (
        ["Arabisch frei", "Türkisch frei"],
        [],
    )


def test_bad_values_leave_a_message_and_the_other_filters_work():
    make_offering("Frei", is_free=True)
    make_offering("Bezahlt", is_free=False)

    result = find(
        "age=drei&district=mond&cost=free&to=31.31.2026&page=x", language="en"
    )

    assert titles(result.sure) == ["Frei"]
    assert sorted(result.errors) == ["age", "district", "to"]
    assert result.errors["district"] == ["We do not know this choice: mond"]
    assert result.is_page_known is False


def test_dates_between_two_days_use_the_schedule():
    make_offering("Dienstags", schedule={"weekdays": [1]})
    make_offering("Ohne Termin")

    soon = find(f"from=2026-11-22&to={clock.today() + timedelta(days=60)}")

    assert titles(soon.sure) == ["Dienstags"]
    assert titles(soon.maybe) == ["Ohne Termin"]
    assert found("weekday=1") == (["Dienstags"], ["Ohne Termin"])
    assert found("time=evening") == ([], ["Ohne Termin"])


def test_days_and_orders_that_cannot_be_are_said_so():
    make_offering("Dienstags", schedule={"weekdays": [1]})

    result = find("from=2999-01-02&to=2999-01-01&sort=distance", language="en")

    assert result.errors == {
        "to": ["This day lies before the first one, or it is over."],
        "sort": ["Choose a district to sort by distance."],
    }
    assert titles(result.sure) == ["Dienstags"]
    assert find("sort=foo", language="en").errors == {
        "sort": ["We do not know this order."]
    }


def test_dates_too_far_ahead_to_be_known_may_fit():
    make_offering("Dienstags", schedule={"weekdays": [1]})

    assert found("from=2998-01-01&to=2999-01-01") == ([], ["Dienstags"])
    assert found("from=9999-12-31") == ([], ["Dienstags"])
    assert found("from=2026-11-22") == (["Dienstags"], [])


def test_an_offer_that_ended_is_not_listed_but_its_page_stays(client):
    make_offering("Vorbei", slug="vorbei", ends_on="2017-12-31")

    assert found() == ([], [])
    page = client.get("/en/angebote/vorbei/").content.decode()
    assert "This offer has ended." in page


def test_sorting_by_name_date_and_distance():
    near = make_district("Nah", code="nah", latitude=51.5, longitude=7.2)
    far = make_place(district=near, latitude=51.6, longitude=7.2)
    close = make_place(district=near, latitude=51.501, longitude=7.2)
    make_offering("Zebra", places=[close])
    make_offering("Äpfel", places=[far], schedule={})
    make_offering("Birnen", is_citywide=True)

    assert found("sort=name")[0] == ["Äpfel", "Birnen", "Zebra"]
    assert found("sort=date")[0] == ["Äpfel", "Birnen", "Zebra"]
    assert found("district=stadtbezirk-nah&sort=distance")[0] == [
        "Zebra",
        "Äpfel",
        "Birnen",
    ]
    assert find("sort=distance").filters.sort == "date"


def test_a_change_is_seen_at_once_and_a_removed_offer_is_gone():
    offering = make_offering("Vorher", is_free=True)
    assert found("cost=free") == (["Vorher"], [])

    offering.is_free = False
    offering.save()
    reindex([offering.pk])
    assert found("cost=free") == ([], [])

    offering.state = Offering.State.ARCHIVED
    offering.save()
    reindex([offering.pk])
    assert found() == ([], [])


def test_samples_come_after_real_offers():
    make_offering("Beispiel", is_sample=True, schedule={})
    make_offering("Echt")

    assert found()[0] == ["Echt", "Beispiel"]
