"""What Herne's documents say of the action goals is in the portal after the first
start, word for word.
"""

from django.test import TestCase

from goals.choices import Moderation, NoteVerdict, Publication
from goals.models import (
    Challenge,
    Conference,
    Consultation,
    CouncilPaper,
    FeedbackNote,
    Goal,
    GoalLink,
    Mandate,
    Measure,
    Milestone,
    MissionSentence,
    OrganisationRole,
    PaperFile,
    Period,
    ProgrammeItem,
    Progress,
    StatusChange,
    WorkArea,
)
from goals.seed import sow
from goals.tests.facts import EntryFacts, GoalFacts, first_goals, mission
from herne_bildung.city import seed as city_seed
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib.languages import CODES
from herne_bildung.lib.translation_state import CURRENT, state_of

# How many rows of which model are written.
COUNTS = {
    MissionSentence: 11,
    Period: 3,
    Goal: 14 + 5,
    Measure: 53,
    Challenge: 46,
    FeedbackNote: 20 + 62,
    CouncilPaper: 4,
    Consultation: 6,
    PaperFile: 1,
    Mandate: 2,
    Conference: 1,
    ProgrammeItem: 6,
    WorkArea: 6,
    # Nothing of these is in the documents.
    GoalLink: 0,
    Milestone: 0,
    OrganisationRole: 0,
    Progress: 0,
    StatusChange: 0,
}
TEXTS = {
    MissionSentence: ["heading", "short"],
    Period: ["about"],
    Goal: ["title", "short"],
    Measure: ["title", "summary"],
    Challenge: ["title", "summary"],
    CouncilPaper: ["title", "summary"],
    Mandate: ["task"],
    Conference: ["title", "about"],
    ProgrammeItem: ["title"],
    WorkArea: ["name"],
}
# What the documents say of these is their heading, and nothing else.
WITHOUT_SUMMARY = ["hz04-h02", "hz04-h03", "hz04-h04"]
# Definition and conclusion have no heading in the Leitbild.
WITHOUT_HEADING = ["leitbild-definition", "leitbild-ueberleitung"]
# The documents say of three measures who leads or organises them.
RESPONSIBLE = {
    "hz02-m02": "kommunales-integrationszentrum",
    "hz02-m04": "fachbereich-kinder-jugend-familie",
    "hz08-m01": "koordination-familienbildung",
}
UNKNOWN_OF_MEASURES = {
    "status": "",
    "role": None,
    "work_area": None,
    "planned_start": None,
    "planned_end": None,
    "actual_start": None,
    "actual_end": None,
}


def sown(*, may_update: bool = False) -> list[tuple[str, str, str]]:
    """Seed action goals; what the report says of which entry, and why."""
    seeding = Seeding(may_update=may_update)
    sow(seeding)
    return [(note.action, note.key, note.detail) for note in seeding.notes]


def as_facts(goal: Goal) -> GoalFacts:
    """A goal as it stands in the database, in the shape of the facts."""

    def entries(found) -> tuple[EntryFacts, ...]:
        return tuple(
            EntryFacts(entry.title_de, entry.wording, tuple(entry.points))
            for entry in found.all()
        )

    def notes(verdict: NoteVerdict) -> tuple[str, ...]:
        return tuple(goal.notes.filter(verdict=verdict).values_list("text", flat=True))

    return GoalFacts(
        number=goal.number,
        title=goal.title_de,
        wording=goal.wording,
        wording_note=goal.wording_note,
        measures=entries(goal.measures),
        challenges=entries(goal.challenges),
        keep=notes(NoteVerdict.KEEP),
        adjust=notes(NoteVerdict.ADJUST),
        has_no_keep_notes=goal.has_no_keep_notes,
        has_no_adjust_notes=goal.has_no_adjust_notes,
    )


class TestSeededGoals(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        city_seed.sow(Seeding())
        cls.report = sown()

    def test_first_seed_writes_everything(self):
        assert {model: model.objects.count() for model in COUNTS} == COUNTS
        assert {action for action, *_ in self.report} == {"new"}

    def test_goals_of_2013_are_there_line_by_line(self):
        goals = Goal.objects.filter(period__first_year=2013)

        for goal, facts in zip(goals, first_goals(), strict=True):
            assert as_facts(goal) == facts

    def test_leitbild_is_there_line_by_line(self):
        parts = MissionSentence.objects.values_list("heading_de", "wording")

        assert list(parts) == mission()

    def test_poster_notes_are_released_quotations_of_2017(self):
        values = {
            "conference__slug": "bildungskonferenz-2017",
            "moderation": Moderation.RELEASED,
            "as_of": "2017",
            "language": "de",
        }
        notes = FeedbackNote.objects.values(*values)

        assert all(note == values for note in notes)
        assert [
            FeedbackNote.objects.filter(verdict=verdict).count()
            for verdict in NoteVerdict
        ] == [20, 62]
        assert FeedbackNote.objects.unanswered().count() == 62

    def test_periods_say_what_is_known_of_them(self):
        found = [
            (period.slug, period.known, period.is_closed, period.paper.reference)
            for period in Period.objects.order_by("first_year")
        ]

        assert found == [
            ("2013-2017", "complete", True, "2013/0502"),
            ("2018-2022", "nothing", True, "2018/0805"),
            ("2023-2027", "headings", False, "2022/1106"),
        ]
        assert not Goal.objects.filter(period__first_year=2018).exists()

    def test_five_priorities_are_headings_only(self):
        goals = Goal.objects.filter(period__first_year=2023)

        assert list(goals.values_list("number", "title_de")) == [
            (1, "Lernentwicklungen und -erfahrungen unterstützen"),
            (2, "Medienkompetenz stärken und Digitalisierung fördern"),
            (3, "Bildungsübergänge wirksam gestalten"),
            (4, "Partizipation ermöglichen"),
            (5, "Vielfalt (an-)erkennen und nachhaltig nutzen"),
        ]
        assert {goal.wording for goal in goals} == {""}
        assert not Measure.objects.filter(goal__in=goals).exists()

    def test_nothing_is_known_that_the_documents_do_not_say(self):
        measures = Measure.objects.all()
        responsible = measures.exclude(organisation=None)
        goals = Goal.objects.values("success_criterion", "organisation", "role")

        assert all(
            values == UNKNOWN_OF_MEASURES
            for values in measures.values(*UNKNOWN_OF_MEASURES)
        )
        assert {
            measure.seed_key: measure.organisation.seed_key for measure in responsible
        } == RESPONSIBLE
        assert all(
            values == {"success_criterion": "", "organisation": None, "role": None}
            for values in goals
        )
        assert not Goal.objects.exclude(work_areas=None).exists()
        assert set(Challenge.objects.values_list("status", flat=True)) == {""}

    def test_papers_with_their_consultations(self):
        rows = Consultation.objects.order_by("paper__year", "order")

        assert list(
            rows.values_list("paper__slug", "committee", "day", "role", "result")
        ) == [
            ("2011-702", "Rat der Stadt", "2011-12", "", "beschlossen"),
            ("2013-0502", "Rat der Stadt", "2013-10", "", "verabschiedet"),
            ("2018-0805", "Schulausschuss", "2018", "", "beschlossen"),
            (
                "2022-1106",
                "Schulausschuss",
                "2022-11-17",
                "Entscheidung",
                "beschlossen",
            ),
            (
                "2022-1106",
                "Ausschuss für Kinder, Jugend und Familie",
                "2022-12-07",
                "Entscheidung",
                "beschlossen",
            ),
            # What came of this one is not known.
            (
                "2022-1106",
                "Kultur- und Bildungsausschuss",
                "2023-02-23",
                "Entscheidung",
                "",
            ),
        ]
        assert not rows.filter(organisation=None).exists()
        assert list(
            CouncilPaper.objects.values_list("slug", "goals__period__first_year")
            .distinct()
            .order_by("slug")
        ) == [
            ("2011-702", None),
            ("2013-0502", 2013),
            ("2018-0805", None),
            ("2022-1106", 2023),
        ]
        assert list(PaperFile.objects.values_list("name", "url")) == [
            ("Anlage 1: Handlungsziele 2023_v11", "")
        ]

    def test_mandates_are_sentences_that_order_something(self):
        mandates = Mandate.objects.order_by("paper__year")
        resolution = CouncilPaper.objects.get(slug="2022-1106").resolution

        assert list(
            mandates.values_list("paper__slug", "status", "due_on", "organisation")
        ) == [("2011-702", "", None, None), ("2022-1106", "", None, None)]
        assert "die Verwaltung beauftragt" in mandates[0].wording
        assert mandates[1].wording == resolution.splitlines()[1]
        assert [mandate.goals.count() for mandate in mandates] == [0, 5]

    def test_everything_is_public_dated_and_sourced(self):
        for model in COUNTS:
            names = {field.name for field in model._meta.get_fields()}
            rows = model.objects.all()
            if "state" in names:
                assert not rows.exclude(state=Publication.PUBLISHED).exists(), model
            if "source_title" in names:
                unclear = rows.filter(source_title="") | rows.filter(as_of="")
                assert not unclear.exists(), model

    def test_all_our_texts_speak_all_languages(self):
        for model, fields in TEXTS.items():
            for entry in model.objects.all():
                for field in fields:
                    states = [
                        state_of(entry, field, code)
                        for code in CODES
                        if code != "de" and getattr(entry, f"{field}_de")
                    ]
                    kinds = {(row.state, row.is_machine_made) for row in states}
                    assert kinds <= {(CURRENT, True)}, (entry, field, states)

    def test_only_headings_stand_without_words_of_ours(self):
        assert set(
            Challenge.objects.filter(summary_de="").values_list("seed_key", flat=True)
        ) == set(WITHOUT_SUMMARY)
        assert set(
            MissionSentence.objects.filter(heading_de="").values_list(
                "seed_key", flat=True
            )
        ) == set(WITHOUT_HEADING)
