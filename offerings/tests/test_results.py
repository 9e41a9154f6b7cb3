"""The list of offers: what is found, counted, ordered and said."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils.translation import override

from herne_bildung.city.tests.factories import (
    make_city,
    make_district,
    make_place,
)
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.facets import fixed_choices
from offerings.models import Offering
from offerings.results import results
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def find(query="", language="de"):
    with override(language):
        return results(QueryDict(query), f"/{language}/angebote/", language)


def titles(cards):
    return [card["title"]["text"] for card in cards]


def found(query=""):
    """(titles that surely fit, titles that may fit)"""
    result = find(query)
    return titles(result.sure), titles(result.maybe)


def choice(result, name, value):
    group = next(group for group in result.panel if group["name"] == name)
    entry = next(entry for entry in group["choices"] if entry["value"] == value)
    return entry["count"], entry["maybe"], entry["checked"]


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


def test_choices_say_how_many_results_each_would_leave():
    make_offering("Frei", is_free=True, format="online")
    make_offering("Bezahlt", is_free=False, format="online")
    make_offering("Unbekannt", format="at_home")

    result = find("cost=free")

    assert choice(result, "cost", "free") == (1, 1, True)
    assert choice(result, "cost", "paid") == (2, 1, False)
    assert choice(result, "format", "online") == (1, 0, False)
    assert choice(result, "format", "at_home") == (0, 1, False)
    assert choice(result, "format", "on_site") == (0, 0, False)


def test_counts_equal_what_choosing_finds():
    wanne = make_district("Wanne", code="wanne")
    make_offering("A", places=[make_place(district=wanne)], is_free=True)
    make_offering("B", is_citywide=True)
    make_offering("C", is_free=False)
    first = find("cost=free")

    for group in first.panel:
        for entry in group["choices"]:
            chosen = find(f"cost=free&{group['name']}={entry['value']}")
            assert (entry["count"], entry["maybe"]) == (
                chosen.sure_count,
                chosen.maybe_count,
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


def test_chips_remove_one_value_each_and_keep_the_rest():
    make_topic("Musik", key="musik")
    make_topic("Sport", key="sport")

    result = find("topic=musik&topic=sport&age=3&page=2", language="en")

    assert [(chip["label"], chip["url"]) for chip in result.chips] == [
        ("Topic: Musik", "/en/angebote/?topic=sport&age=3"),
        ("Topic: Sport", "/en/angebote/?topic=musik&age=3"),
        ("Age: 3 years", "/en/angebote/?topic=musik&topic=sport"),
    ]


def test_chips_say_days_as_readers_write_them_and_know_former_keys():
    wanne = make_district("Wanne", code="wanne")
    make_district("Wanne", code="wanne", level="ortsteil", parent=wanne)
    wanne.aliases.create(key="stadtbezirk-alt")

    result = find("district=stadtbezirk-alt&to=2999-12-24&page=2", language="en")

    assert result.chips == [
        {
            "label": "District: Wanne – borough (Stadtbezirk)",
            "url": "/en/angebote/?to=2999-12-24",
        },
        {
            "label": "To: December 24, 2999",
            "url": "/en/angebote/?district=stadtbezirk-alt",
        },
    ]
    assert [entry["label"] for entry in result.panel[0]["choices"]] == [
        "Herne",
        "Wanne – borough (Stadtbezirk)",
        "Wanne – quarter (Ortsteil)",
    ]


def test_choices_are_remembered_for_each_language():
    make_topic("Musik", key="musik", name_en="Music")

    def labels(language):
        panel = find(language=language).panel
        return [group["choices"][0]["label"] for group in panel[1:4]]

    assert labels("de") == ["Musik", "alle", "Montag"]
    assert labels("en") == ["Music", "everyone", "Monday"]
    assert fixed_choices("weekday", "de") is fixed_choices("weekday", "de")


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
