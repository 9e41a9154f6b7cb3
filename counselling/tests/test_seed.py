"""What Herne's documents say of counselling is in the portal after the first start."""

from django.db import connection
from django.test import TestCase

from counselling.choices import Audience, ConcernGroup, Hours
from counselling.models import (
    Concern,
    ContactRole,
    CounsellingOffice,
    OfficeConcern,
    OpeningException,
    OpeningHours,
)
from counselling.seed import read, sow
from herne_bildung.city import search
from herne_bildung.city import seed as city_seed
from herne_bildung.city.models import SeedRecord
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib.languages import CODES
from herne_bildung.lib.translation_state import CURRENT, state_of

RUNNING = [
    "familien-und-schulberatungsstelle",
    "familienbuero",
    "koordinierungsstelle-ese",
    "seiteneinsteigerberatung",
    "talentkolleg-ruhr",
    "weiterbildungsberatungsstelle-vhs",
]
BODIES = [
    "familienberatung-in-familienzentren",
    "integrationslotsinnen",
    "interkulturelle-bildungsbotinnen",
    "kommunales-bildungsbuero",
    "vhs-deutschkurse",
]
PLANNED = [
    "bildungsberatung-in-vier-familienzentren",
    "traegeruebergreifende-weiterbildungsberatungsstelle",
]
# The documents name nobody who advises on these: the finder says so and names the
# general office.
UNCOVERED = ["lernfoerderung", "ruhestand"]
# They name no body behind these.
WITHOUT_ORGANISATION = [
    "integrationslotsinnen",
    "interkulturelle-bildungsbotinnen",
    *PLANNED,
]


def sown(*, may_update: bool = False) -> list[tuple[str, str, str]]:
    """Seed counselling; what the report says of which entry, and why."""
    seeding = Seeding(may_update=may_update)
    sow(seeding)
    return [(note.action, note.key, note.detail) for note in seeding.notes]


def slugs(offices) -> list[str]:
    return sorted(offices.values_list("slug", flat=True))


class TestSeededCounselling(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        city_seed.sow(Seeding())
        cls.report = sown()

    def test_first_seed_writes_everything(self):
        offices = read("offices.json")

        written = [
            model.objects.count()
            for model in (Concern, CounsellingOffice, OfficeConcern, ContactRole)
        ]

        assert written == [
            19,
            len(offices),
            sum(len(row["concerns"]) for row in offices),
            sum(len(row["roles"]) for row in offices),
        ]
        assert {action for action, *_ in self.report} == {"new"}

    def test_running_services_and_bodies_answer_and_plans_do_not(self):
        answers = CounsellingOffice.objects.answers()

        assert slugs(answers) == sorted([*RUNNING, *BODIES])
        assert slugs(CounsellingOffice.objects.filter(state="planned")) == PLANNED
        assert not OfficeConcern.objects.filter(office__slug__in=PLANNED).exists()
        assert slugs(CounsellingOffice.objects.filter(is_general=True)) == [
            "kommunales-bildungsbuero"
        ]

    def test_each_office_has_one_general_contact(self):
        connection.check_constraints()
        general = ContactRole.objects.filter(is_general=True)

        assert sorted(general.values_list("office__slug", flat=True)) == sorted(
            [*RUNNING, *BODIES, *PLANNED]
        )

    def test_nothing_is_invented(self):
        unknown = {
            "hours": Hours.UNKNOWN,
            "phone": "",
            "appointment_url": "",
            "languages": [],
            "ways": [],
            "school_forms": [],
            "has_interpreting": None,
            "is_free": None,
            "is_anonymous": None,
            "is_accessible": None,
            "cases_a_month": None,
        }
        found = CounsellingOffice.objects.values(*unknown)
        contacts = CounsellingOffice.objects.exclude(place=None, email="", website="")
        roles = ContactRole.objects.values("phone", "email", "person_name")

        assert all(values == unknown for values in found)
        assert not OpeningHours.objects.exists()
        assert not OpeningException.objects.exists()
        assert all(set(values.values()) == {""} for values in roles)
        assert sorted(
            contacts.values_list("slug", "place__street", "email", "website")
        ) == [
            (
                "kommunales-bildungsbuero",
                "Eickeler Markt 1",
                "bildungsbuero@herne.de",
                "",
            ),
            ("talentkolleg-ruhr", None, "", "https://www.tkr-herne.de/"),
        ]

    def test_facts_are_dated_and_sourced(self):
        found = CounsellingOffice.objects.all()

        assert slugs(found.filter(source_title="")) == []
        assert slugs(found.filter(source_quote="")) == []
        # The fact sheet that tells of the plans is undated.
        assert slugs(found.filter(as_of="")) == PLANNED
        assert slugs(found.filter(organisation=None)) == sorted(WITHOUT_ORGANISATION)
        assert slugs(found.filter(is_sample=True)) == []

    def test_all_short_texts_speak_all_languages(self):
        for model, fields in {
            Concern: ["name"],
            CounsellingOffice: ["name", "summary"],
            ContactRole: ["title", "responsibility"],
        }.items():
            for entry in model.objects.all():
                for field in fields:
                    states = {
                        code: state_of(entry, field, code).state
                        for code in CODES
                        if code != "de"
                    }
                    assert set(states.values()) == {CURRENT}, (entry, field, states)

    def test_people_find_a_concern_by_words_of_their_language(self):
        for row in read("concerns.json"):
            assert list(row["name"]) == list(CODES), row["key"]
            without_simple = [code for code in CODES if code != "de-simple"]
            assert list(row["synonyms"]) == without_simple, row["key"]
            assert all(map(all, row["synonyms"].values())), row["key"]
        office = CounsellingOffice.objects.get(slug="weiterbildungsberatungsstelle-vhs")

        for language, words in {
            "tr": "denklik",
            "ar": "معادلة الشهادة",
            "ru": "нострификация",
        }.items():
            hits = search.find("office", words, language)
            assert list(hits.ids) == [office.pk], words

    def test_codes_of_the_data_files_are_known(self):
        groups = {row["group"] for row in read("concerns.json")}
        audiences = {code for row in read("offices.json") for code in row["audiences"]}

        assert groups == set(ConcernGroup.values)
        assert audiences <= set(Audience.values)

    def test_each_concern_has_an_office_or_is_known_to_have_none(self):
        answers = CounsellingOffice.objects.answers()

        uncovered = Concern.objects.exclude(offices__in=answers)

        assert sorted(uncovered.values_list("key", flat=True)) == UNCOVERED

    def test_roles_answer_only_to_concerns_of_their_office(self):
        for role in ContactRole.objects.select_related("office"):
            own = set(role.concerns.values_list("key", flat=True))
            of_office = set(role.office.concerns.values_list("key", flat=True))
            assert own <= of_office, role

    def test_second_seed_changes_nothing(self):
        written = list(SeedRecord.objects.values_list("pk", "values", "written_at"))

        assert sown() == []
        assert sown(may_update=True) == []
        assert (
            list(SeedRecord.objects.values_list("pk", "values", "written_at"))
            == written
        )

    def test_update_keeps_what_people_changed(self):
        office = CounsellingOffice.objects.get(slug="familienbuero")
        CounsellingOffice.objects.filter(pk=office.pk).update(summary_de="Von uns.")
        office.concern_links.all().delete()
        general = office.roles.get()
        office.roles.create(title_de="Empfang", is_general=False)
        ContactRole.objects.filter(pk=general.pk).update(title_de="Familienbüro")

        report = sown(may_update=True)

        office.refresh_from_db()
        assert (office.summary_de, office.concerns.count()) == ("Von uns.", 0)
        assert list(office.roles.values_list("title_de", "is_general")) == [
            ("Familienbüro", True),
            ("Empfang", False),
        ]
        assert report == [
            ("kept", "familienbuero", "hier bearbeitet: summary_de"),
            ("kept", "familienbuero/erziehung", "hier gelöscht"),
            ("kept", "familienbuero/auskunft", "hier bearbeitet: title_de"),
        ]

    def test_update_leaves_deleted_and_archived_offices_alone(self):
        CounsellingOffice.objects.get(slug="familienbuero").delete()
        archived = CounsellingOffice.objects.get(slug="vhs-deutschkurse")
        archived.state = CounsellingOffice.State.ARCHIVED
        archived.save()
        archived.roles.filter(is_general=False).delete()

        report = sown(may_update=True)

        assert report == [
            ("kept", "familienbuero", "hier gelöscht"),
            ("kept", "vhs-deutschkurse", "hier archiviert"),
        ]
        assert archived.roles.count() == 1

    def test_new_fact_of_a_role_is_a_change_of_its_office(self):
        role = ContactRole.objects.get(
            office__slug="familienbuero", title_de="Auskunft"
        )
        ContactRole.objects.filter(pk=role.pk).update(title_de="Auskünfte")
        record = SeedRecord.objects.get(
            kind="counselling.contactrole", key="familienbuero/auskunft"
        )
        record.values["title_de"] = "Auskünfte"
        record.save()
        seeding = Seeding(may_update=True)

        sow(seeding)

        assert ContactRole.objects.get(pk=role.pk).title_de == "Auskunft"
        assert seeding.touched == {
            ContactRole: {role.pk},
            CounsellingOffice: {role.office_id},
        }
