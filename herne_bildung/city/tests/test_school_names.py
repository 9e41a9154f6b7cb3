import pytest

from herne_bildung.city.importers.school_names import name_and_addition


@pytest.mark.parametrize(
    ("fields", "name", "addition"),
    [
        (
            ["Schule am Park, Städt. Förder-", "schule, FSP Soziale", "Entwicklung"],
            "Schule am Park",
            "Städt. Förderschule, FSP Soziale Entwicklung",
        ),
        (
            ["Kath. Grundschule", "an der Bergstraße", ""],
            "Kath. Grundschule an der Bergstraße",
            "",
        ),
        (["Berufskolleg", "der Stadt Herne", ""], "Berufskolleg", "der Stadt Herne"),
        (
            ["Cenis-Schule", "Städt. Gesamtschule", "- Sekundarstufe I u.II -"],
            "Cenis-Schule",
            "Städt. Gesamtschule, Sekundarstufe I u. II",
        ),
        (["Quinoa-Schule staatl. gen.", "", ""], "Quinoa-Schule", "staatl. gen."),
        (["", "", ""], "", ""),
    ],
)
def test_names_broken_over_three_fields(fields, name, addition):
    assert name_and_addition(fields) == (name, addition)
