"""What Herne's documents say is in the portal after the first start."""

import json
from datetime import date
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from herne_bildung.city import reference, seed
from herne_bildung.city.models import (
    District,
    Organisation,
    Place,
    School,
    SchoolHoliday,
    SearchDocument,
    SeedRecord,
)
from herne_bildung.freshness.models import (
    Call,
    DailyFigure,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.lib.geo import Point, is_inside
from herne_bildung.lib.languages import CODES
from herne_bildung.portal import content
from offerings import seed as offerings_seed
from offerings.models import Offering, OfferingIndex, Topic


def counts() -> dict[str, int]:
    models = (District, SchoolHoliday, School, Organisation, Place, Topic, Offering)
    return {model.__name__: model.objects.count() for model in models}


def lines(*arguments: str) -> list[str]:
    """What the command prints."""
    out = StringIO()
    call_command("seed", *arguments, stdout=out)
    return out.getvalue().strip().split("\n")


class TestSeededFacts(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        reference.forget()
        cls.notes = content.sow()

    def test_first_seed_fills_call_list_and_figures_at_once(self):
        # Schools come from the official list: nobody is called about them.
        entries = MaintainedEntry.objects.counted()
        documents = entries.exclude(as_of="")
        figure = DailyFigure.objects.get(dimension="all")

        to_call = documents.count()
        assert Call.objects.filter(closed_at=None).count() == to_call > 0
        assert figure.documents == documents.count()
        assert figure.visible == entries.count() - documents.count()
        assert OutgoingMail.objects.count() == 0

    def test_first_seed_writes_everything_and_the_second_nothing(self):
        before = counts()
        written = list(SeedRecord.objects.values_list("kind", "key", "written_at"))

        second = lines()

        offers = len(offerings_seed.read("offers.json"))
        assert before == {
            "District": 25,
            "SchoolHoliday": 20,
            "School": 43,
            "Organisation": len(seed.read("organisations.json")),
            "Place": 42 + len(seed.read("places.json")),
            "Topic": len(offerings_seed.read("topics.json")),
            "Offering": offers,
        }
        assert {note.action for note in self.notes} == {"new"}
        assert len(self.notes) == SeedRecord.objects.count()
        assert second == [
            "Die Inhalte sind schon da, nichts geändert. "
            "Neue Fakten kommen mit: manage.py seed --update"
        ]
        assert counts() == before
        assert (
            list(SeedRecord.objects.values_list("kind", "key", "written_at")) == written
        )
        assert OfferingIndex.objects.filter(is_listed=True).count() == offers
        assert {
            kind: SearchDocument.objects.filter(kind=kind).count()
            for kind in ("offering", "school", "organisation")
        } == {"offering": offers, "school": 43, "organisation": before["Organisation"]}

    def test_seeded_facts_are_dated_sourced_and_never_confirmed(self):
        for model in (District, School, Organisation, Place, Offering):
            without = model.objects.filter(source_title="").values_list("seed_key")
            assert list(without) == []
        assert not Offering.objects.filter(as_of="").exists()
        assert not Offering.objects.exclude(state="published").exists()
        assert not Offering.objects.filter(is_sample=True).exists()
        states = [
            note
            for offering in Offering.objects.all()
            for fields in offering.translation_state.values()
            for note in fields.values()
        ]
        assert states
        assert {(note["machine"], note["reviewed"]) for note in states} == {
            (True, False)
        }

    def test_every_reference_of_the_data_files_leads_somewhere(self):
        by_key = {offer["key"]: offer for offer in offerings_seed.read("offers.json")}
        for offering in Offering.objects.prefetch_related("topics", "places"):
            row = by_key[offering.seed_key]
            found = (
                sorted(topic.key for topic in offering.topics.all()),
                offering.provider and offering.provider.slug,
                offering.places.count(),
                offering.successor and offering.successor.seed_key,
            )
            expected = (
                sorted(row["topics"]),
                row["provider"],
                len(row["places"]) + len(row["school_numbers"]),
                row["successor"],
            )
            assert found == expected, offering.seed_key

    def test_schools_lie_in_a_guessed_quarter_inside_the_city(self):
        border = District.objects.get(level="stadt").shape
        for school in School.objects.select_related("place__district"):
            place = school.place
            assert is_inside(Point(place.latitude, place.longitude), border)
            assert (place.district.level, place.is_district_guessed) == (
                "ortsteil",
                True,
            )
        talent = School.objects.filter(talent_school_since=2019).order_by("number")
        assert [school.name for school in talent] == [
            "Realschule Crange",
            "Gymnasium Wanne",
            "Mont-Cenis-Gesamtschule",
        ]

    def test_districts_say_how_good_their_shapes_are(self):
        found = District.objects.values_list("level", "shape_quality").distinct()
        assert sorted(set(found)) == [
            ("ortsteil", "placeholder"),
            ("stadt", "official"),
            ("stadtbezirk", "placeholder"),
            ("statistisch", ""),
        ]
        assert not District.objects.filter(has_provisional_code=False).exists()

    def test_school_holidays_do_not_overlap(self):
        spans = sorted(
            (date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
            for row in seed.read("school_holidays.json")
        )

        assert all(begin <= end for begin, end in spans)
        assert all(end < begin for (_, end), (begin, _) in pairwise(spans))

    def test_topics_and_organisations_speak_all_languages(self):
        for row in [
            *offerings_seed.read("topics.json"),
            *seed.read("organisations.json"),
        ]:
            assert list(row["name"]) == list(CODES), row["key"]

    def test_archived_offers_stay_as_they_are(self):
        state = {True: "archived", False: "published"}
        slugs = {True: "willkommensbesuche", False: "deufoe"}
        for is_archived, slug in slugs.items():
            Offering.objects.filter(slug=slug).update(
                title_de="Früherer Titel", state=state[is_archived]
            )
            record = SeedRecord.objects.get(kind="offerings.offering", key=slug)
            record.values["title_de"] = "Früherer Titel"
            record.save()

        report = lines("--update")

        archived = Offering.objects.get(slug="willkommensbesuche")
        assert (archived.state, archived.title_de) == ("archived", "Früherer Titel")
        assert Offering.objects.get(slug="deufoe").title_de != "Früherer Titel"
        assert report == [
            "behalten: Angebot willkommensbesuche (hier archiviert)",
            "geändert: Angebot deufoe (title_de)",
            "0 neu, 1 geändert, 1 behalten.",
        ]

    def test_dry_run_reports_and_writes_nothing(self):
        SeedRecord.objects.filter(key="herbstferien-2026").delete()
        SchoolHoliday.objects.filter(name="Herbstferien").delete()

        report = lines("--update", "--dry-run")

        assert report == [
            "behalten: Schulferien herbstferien-2025 (hier gelöscht)",
            "neu: Schulferien herbstferien-2026",
            "behalten: Schulferien herbstferien-2027 (hier gelöscht)",
            "behalten: Schulferien herbstferien-2028 (hier gelöscht)",
            "Probelauf, nichts geschrieben: 1 neu, 0 geändert, 3 behalten.",
        ]
        assert SchoolHoliday.objects.filter(name="Herbstferien").count() == 0

    def test_update_of_unchanged_facts_changes_nothing(self):
        before = json.dumps(list(SeedRecord.objects.order_by("pk").values("values")))

        assert lines("--update") == ["0 neu, 0 geändert, 0 behalten."]
        assert (
            json.dumps(list(SeedRecord.objects.order_by("pk").values("values")))
            == before
        )


@pytest.mark.django_db
def test_dry_run_alone_is_refused():
    with pytest.raises(CommandError):
        lines("--dry-run")
