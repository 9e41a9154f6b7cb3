"""A later start changes nothing; an update writes new facts and leaves alone what
people changed.
"""

from django.test import TestCase

from goals.models import Consultation, CouncilPaper, FeedbackNote, Goal, Measure
from goals.seed import sow
from goals.seed.reading import words
from goals.tests.test_seed import sown
from herne_bildung.city import seed as city_seed
from herne_bildung.city.models import SeedRecord
from herne_bildung.city.seeding import Seeding, kind_of
from herne_bildung.lib.languages import CODES


def make_outdated(model, key: str, field: str) -> int:
    """As if the data files had said something else before; the id of the entry."""
    record = SeedRecord.objects.get(kind=kind_of(model), key=key)
    record.values[field] = "Früher"
    record.save()
    model.objects.filter(pk=record.object_id).update(**{field: "Früher"})
    return record.object_id


class TestSeedAgain(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        city_seed.sow(Seeding())
        sown()

    def test_second_seed_changes_nothing(self):
        written = list(SeedRecord.objects.values_list("pk", "values", "written_at"))

        assert sown() == []
        assert sown(may_update=True) == []
        assert (
            list(SeedRecord.objects.values_list("pk", "values", "written_at"))
            == written
        )

    def test_update_keeps_what_people_changed_or_deleted(self):
        Goal.objects.filter(seed_key="hz01").update(short_de="Von uns.")
        FeedbackNote.objects.get(seed_key="hz01-keep-1").delete()
        paper = CouncilPaper.objects.get(slug="2022-1106")
        paper.goals.remove(Goal.objects.get(seed_key="sp01"))

        report = sown(may_update=True)

        assert report == [
            ("kept", "hz01", "hier bearbeitet: short_de"),
            ("kept", "2022-1106/sp01", "hier gelöscht"),
            ("kept", "hz01-keep-1", "hier gelöscht"),
        ]

    def test_update_leaves_alone_what_belongs_to_deleted_goals(self):
        goal = Goal.objects.get(seed_key="hz03")
        for rows in (goal.notes, goal.measures, goal.challenges):
            rows.all().delete()
        goal.delete()

        report = sown(may_update=True)

        assert report == [("kept", "hz03", "hier gelöscht")]

    def test_new_fact_of_a_part_counts_for_its_paper(self):
        measure = make_outdated(Measure, "hz02-m01", "wording")
        consultation = make_outdated(Consultation, "2011-702-beratung-1", "result")
        seeding = Seeding(may_update=True)

        sow(seeding)

        paper = CouncilPaper.objects.get(slug="2011-702")
        assert seeding.touched == {
            Measure: {measure},
            Consultation: {consultation},
            CouncilPaper: {paper.pk},
        }


def test_words_of_all_languages_belong_to_the_same_keys():
    shapes = {
        code: {key: list(texts) for key, texts in rows.items()}
        for code, rows in words().items()
    }

    assert list(shapes) == list(CODES)
    assert all(shape == shapes["de"] for shape in shapes.values())
    assert all(
        text.strip()
        for rows in words().values()
        for texts in rows.values()
        for text in texts.values()
    )
