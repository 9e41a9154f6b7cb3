"""Herne's areas, indicators and survey instruments are in the portal after the first
start, value by value; a later start changes nothing.
"""

from unittest import skipUnless

from django.db.models import Count, Q
from django.test import TestCase

from goals import seed as goals_seed
from goals.choices import Publication
from herne_bildung.city import seed as city_seed
from herne_bildung.city.models import District, School, SeedRecord
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib.languages import CODES
from herne_bildung.lib.translation_state import CURRENT, state_of
from monitoring.choices import Level, Protection, ReleaseState
from monitoring.models import (
    Area,
    AskedGroup,
    Category,
    Dimension,
    Indicator,
    IndicatorDimension,
    IndicatorRelation,
    Instrument,
    Observation,
    RawValue,
    Release,
    SeriesBreak,
    Theme,
    Wave,
)
from monitoring.seed import sow
from monitoring.tests import collection
from monitoring.tests.collection import NOT_AVAILABLE, known, values_of

# How many rows of which model are written.
COUNTS = {
    # Herne: 25 districts and 43 schools; 14 counties and 42 municipalities around.
    Area: 25 + 43 + 14 + 42,
    Theme: 9,
    Dimension: 2,
    Category: 9 + 3,
    Indicator: 30 + 8 + 5 + 4,
    IndicatorDimension: 3,
    SeriesBreak: 3,
    IndicatorRelation: 7,
    Release: 47,
    # INKAR, census, districts of 2019; pupils, schools, social index, Startchancen.
    Observation: 9_000 + 8 * 53 + 5 * 11 + (1 + 9 + 43) + (1 + 9) + 43 + (1 + 9),
    AskedGroup: 3,
    Instrument: 7,
    # The documents date no wave.
    Wave: 0,
    RawValue: 0,
}
TEXTS = {
    Theme: ["name", "about"],
    Dimension: ["name"],
    Category: ["name"],
    Indicator: ["name", "question", "definition"],
    SeriesBreak: ["reason"],
    IndicatorRelation: ["explanation"],
    AskedGroup: ["name"],
    Instrument: ["name", "about"],
}
with_collection = skipUnless(collection.is_there(), collection.REASON)


def sown(*, may_update: bool = False) -> list[tuple[str, str, str]]:
    """Seed the monitoring; what the report says of which entry, and why."""
    seeding = Seeding(may_update=may_update)
    sow(seeding)
    return [(note.action, note.key, note.detail) for note in seeding.notes]


class TestSeededMonitoring(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        city_seed.sow(Seeding())
        goals_seed.sow(Seeding())
        cls.report = sown()

    def test_first_seed_writes_everything_and_all_is_public(self):
        states = Release.objects.values_list("number", "state", "is_sample")

        assert {model: model.objects.count() for model in COUNTS} == COUNTS
        assert {action for action, *_ in self.report} == {"new"}
        assert set(states) == {(1, ReleaseState.PUBLISHED, False)}
        assert set(
            Indicator.objects.values_list("state", "protection", "is_sample")
        ) == {(Publication.PUBLISHED, Protection.PUBLISHED, False)}
        assert not Indicator.objects.filter(Q(source_title="") | Q(as_of="")).exists()

    def test_second_seed_changes_nothing(self):
        written = list(SeedRecord.objects.values_list("pk", "values", "written_at"))

        assert sown() == []
        assert sown(may_update=True) == []
        assert (
            list(SeedRecord.objects.values_list("pk", "values", "written_at"))
            == written
        )

    def test_update_keeps_what_people_changed_and_writes_no_release_twice(self):
        Indicator.objects.filter(slug="pkw").update(name_de="Wagen")
        Release.objects.get(indicator__slug="pkw").delete()
        Instrument.objects.get(slug="uwe").measures.clear()
        record = SeedRecord.objects.get(kind="monitoring.release", key="kaufkraft")
        record.values = {"figures": "früher"}
        record.save()

        report = sown(may_update=True)

        assert report == [
            ("kept", "pkw", "hier bearbeitet: name_de"),
            ("kept", "kaufkraft", "die Datei hat andere Werte"),
            ("kept", "uwe", "hier bearbeitet: measures"),
        ]
        assert Release.objects.filter(indicator__slug="pkw").count() == 0
        assert Release.objects.filter(indicator__slug="kaufkraft").count() == 1

    def test_every_district_and_school_is_an_area_and_herne_only_one(self):
        levels = Area.objects.values_list("level").annotate(Count("pk"))
        neighbours = Area.objects.filter(is_neighbour=True)

        assert dict(levels.order_by()) == {
            Level.CITY: 1,
            Level.BOROUGH: 4,
            Level.QUARTER: 13,
            Level.STATISTICAL: 7,
            Level.SCHOOL: 43,
            Level.COUNTY: 14,
            Level.MUNICIPALITY: 42,
        }
        assert not District.objects.filter(area=None).exists()
        assert not School.objects.filter(area=None).exists()
        small = Area.objects.filter(level=Level.STATISTICAL)
        assert not small.exclude(parent__level=Level.QUARTER).exists()
        assert Area.objects.get(official_key="05916").district.level == "stadt"
        names = ", ".join(neighbours.order_by("name").values_list("name", flat=True))
        assert names == "Bochum, Castrop-Rauxel, Gelsenkirchen, Herten, Recklinghausen"
        assert set(neighbours.values_list("as_of", "licence")) == {
            ("2018-12-31", "dl-de/by-2-0")
        }
        assert not neighbours.filter(shape=None).exists()

    def test_breaks_and_exceptional_years_of_the_series_are_told(self):
        breaks = SeriesBreak.objects.values_list("indicator__slug", "period", "kind")
        foreign = values_of("auslaenderanteil")

        assert set(breaks) == {
            ("auslaenderanteil", "2011", "break"),
            ("schulabgaenge-mit-abitur", "2013", "exceptional"),
            ("studierende", "2019", "break"),
        }
        assert [foreign["05916", year] for year in ("2010", "2011")] == [
            known("15.16"),
            known("11.70"),
        ]
        assert values_of("schulabgaenge-mit-abitur")["05916", "2013"] == known("43.35")
        # A true zero is a value.
        assert values_of("studierende")["05916", "2018"] == known("0")

    def test_two_rates_of_unemployment_stand_side_by_side(self):
        relation = IndicatorRelation.objects.get(second__slug__contains="arbeitslosen")
        local = values_of("stadtteil-arbeitslosenquote", "area__key")

        assert relation.first.slug == "arbeitslosenquote"
        assert values_of("arbeitslosenquote")["05916", "2019"] == known("10.34")
        assert local["stadt-herne", "2019-12-31"] == known("7.9")
        assert local["statistisch-constantin", "2019-12-31"] == NOT_AVAILABLE

    def test_no_translation_is_missing(self):
        for model, fields in TEXTS.items():
            for entry in model.objects.all():
                for field in fields:
                    for code in CODES[1:]:
                        state = state_of(entry, field, code).state
                        assert state == CURRENT, (entry, field, code)

    @with_collection
    def test_values_of_inkar_are_there_line_by_line(self):
        codes = {
            row["indikator"]: row["inkar_code"]
            for row in collection.rows("indikatoren/inkar_codebuch.csv")
        }
        expected = {}
        for row in collection.rows("indikatoren/inkar_ruhr_1995_2022.csv"):
            factor = 1000 if row["indikator"] == "gdp_per_capita" else 1
            place = (row["kreis_ags"], row["jahr"])
            series = expected.setdefault(f"Kennzahl {codes[row['indikator']]}", {})
            series[place] = known(row["wert"], factor)

        indicators = Indicator.objects.filter(source_title__startswith="INKAR")
        written = {
            indicator.source_title.split(", ")[-1]: values_of(indicator.slug)
            for indicator in indicators
        }

        assert written == expected

    @with_collection
    def test_values_of_the_census_are_there_line_by_line(self):
        columns = {
            "einwohner": "zensus-einwohner",
            "auslaenderanteil_prozent": "zensus-auslaenderanteil",
            "migrationshintergrund_prozent": "zensus-migrationshintergrund",
            "haushaltsgroesse": "zensus-haushaltsgroesse",
            "wohnungen": "zensus-wohnungen",
            "leerstand_prozent": "zensus-leerstand",
            "eigentuemerquote_prozent": "zensus-eigentuemerquote",
            "miete_eur_qm": "zensus-miete",
        }
        rows = collection.rows("indikatoren/zensus2022_ruhr_gemeinden.csv")

        for column, slug in columns.items():
            # Independent cities have the key of their county.
            assert values_of(slug) == {
                (row["ags"].removesuffix("000"), "2022-05-15"): known(row[column])
                for row in rows
            }

    @with_collection
    def test_values_of_districts_are_there_line_by_line(self):
        columns = {
            "einwohner_2019_12_31": "stadtteil-einwohner",
            "anteil_unter_18": "stadtteil-unter-18",
            "anteil_ab_65": "stadtteil-ab-65",
            "auslaenderanteil": "stadtteil-auslaenderanteil",
            "arbeitslosenquote": "stadtteil-arbeitslosenquote",
        }
        rows = collection.rows("indikatoren/kleinraeumig_2019_auszug.csv")

        for column, slug in columns.items():
            cells = Observation.objects.filter(release__indicator__slug=slug)
            written = {
                (area.name, area.level.split("_")[0]): (cell.state, cell.value)
                for cell in cells.select_related("area")
                if (area := cell.area)
            }
            assert written == {
                (row["raum"], row["ebene"].split("er_")[0]): known(row[column])
                for row in rows
            }

    @with_collection
    def test_values_of_schools_are_there_line_by_line(self):
        rows = collection.rows("schulen/schulen_herne_2024_25.csv")
        pupils = values_of("schuelerinnen-und-schueler", "area__school__number")
        by_form = dict(
            Observation.objects.filter(
                release__indicator__slug="schuelerinnen-und-schueler",
                category_1__isnull=False,
            ).values_list("category_1__key", "value")
        )

        assert pupils.pop((None, "2024/25")) == known("21235")
        assert pupils == {
            (row["schulnummer"], "2024/25"): known(row["schueler_gerundet"])
            for row in rows
        }
        assert sum(by_form.values()) == 21235
        assert by_form["grundschule"] == sum(
            int(row["schueler_gerundet"])
            for row in rows
            if row["schulform"] == "Grundschule"
        )
        assert values_of("schulsozialindex", "area__school__number") == {
            (row["schulnummer"], "2025/26"): known(row["sozialindex_2025_26"])
            for row in rows
        }
        assert values_of("schulen")["05916", "2024/25"] == known("43")
        assert values_of("startchancen-schulen")["05916", "2025/26"] == known("17")

    @with_collection
    def test_instruments_are_those_of_the_documents_word_for_word(self):
        facts = collection.facts("instrumente_erhebungen")
        quotes = [
            fact["zitat"]
            if isinstance(fact["zitat"], str)
            else "\n".join(fact["zitat"])
            for fact in facts
        ]
        survey = Instrument.objects.get(slug="elternbefragung-familienzentren")

        assert list(Instrument.objects.values_list("source_quote", flat=True)) == quotes
        assert (survey.first_year, survey.cycle, survey.where_de) == (
            2014,
            "two_years",
            "stadtweit",
        )
        assert sorted(survey.measures.values_list("seed_key", flat=True)) == [
            "hz01-m01",
            "hz08-m03",
        ]
