"""The choices of the filters, their numbers, and the chips of the active ones."""

import pytest

from herne_bildung.city.tests.factories import make_district, make_place
from offerings.facets import fixed_choices
from offerings.tests.answers import find
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def choice(result, name, value):
    group = next(group for group in result.panel if group["name"] == name)
    entry = next(entry for entry in group["choices"] if entry["value"] == value)
    return entry["count"], entry["maybe"], entry["checked"]


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
        shown = {group["name"]: group["choices"] for group in panel}
        names = ("topic", "target_group", "weekday")
        return [shown[name][0]["label"] for name in names]

    assert labels("de") == ["Musik", "alle", "Montag"]
    assert labels("en") == ["Music", "everyone", "Monday"]
    assert fixed_choices("weekday", "de") is fixed_choices("weekday", "de")
