"""Situations people come with, in their words; the answers they would choose; and the
office they should find first or second. Which office that is say Herne's documents:
"Bildungsberatung" and "Informations- und Beratungssystem" of the goals 2013–2017.
"""

from django.test import TestCase
from django.utils.translation import override

from counselling import seed
from counselling.finder import seed as finder_seed
from counselling.finder.actions import begin_draft
from counselling.finder.answers import answers
from counselling.finder.checks import problems_of
from counselling.finder.ranking import Wish
from counselling.finder.tree import MOST_QUESTIONS, load, walk
from counselling.models import FinderVersion
from herne_bildung.city import seed as city_seed
from herne_bildung.city.models import SeedRecord
from herne_bildung.city.seeding import Seeding

FAMILY = "familien-und-schulberatungsstelle"
ESE = "koordinierungsstelle-ese"
BUREAU = "familienbuero"
KI = "seiteneinsteigerberatung"
VHS = "weiterbildungsberatungsstelle-vhs"
TALENT = "talentkolleg-ruhr"
COURSES = "vhs-deutschkurse"
ENVOYS = "interkulturelle-bildungsbotinnen"
PILOTS = "integrationslotsinnen"
GENERAL = "kommunales-bildungsbuero"
# No document names an office: the finder says so, and names the general one.
NOBODY = None

SITUATIONS = [
    ("Mein Vierjähriger beißt in der Kita", "kind-klein.entwicklung", ESE),
    ("Unsere Tochter spricht mit drei kaum", "kind-klein.entwicklung", FAMILY),
    ("Vor der Einschulung ist er sehr unruhig", "kind-klein.entwicklung", ESE),
    ("Unser Sohn schläft nicht, wir sind am Ende", "kind-klein.erziehung", BUREAU),
    ("Wir streiten ständig über Regeln", "kind-klein.erziehung", FAMILY),
    ("Wir sind mit dem Baby neu aus Syrien hier", "kind-klein.neu", ENVOYS),
    ("Wer erklärt uns, wie hier alles geht?", "kind-klein.neu", PILOTS),
    ("Ich weiß nicht, was mein Kleinkind hat", "kind-klein.weiss-nicht", GENERAL),
    ("Gymnasium oder Gesamtschule nach der Vierten?",
     "kind-schule.weiter.nach-klasse-4", FAMILY),
    ("Die Empfehlung ist Hauptschule", "kind-schule.weiter.nach-klasse-4", FAMILY),
    ("Was macht mein Sohn nach der Zehn?", "kind-schule.weiter.nach-klasse-10", FAMILY),
    ("Meine Tochter will vom Gymnasium herunter",
     "kind-schule.weiter.schulwechsel", FAMILY),
    ("Er wird gemobbt, er muss die Schule wechseln",
     "kind-schule.weiter.schulwechsel", FAMILY),
    ("Schafft sie noch die Fachoberschulreife?",
     "kind-schule.weiter.schulabschluss", FAMILY),
    ("Mein Sohn wäre der Erste in der Familie an der Uni",
     "kind-schule.weiter.studienwahl", TALENT),
    ("Mein Kind braucht Nachhilfe, wir haben wenig Geld", "kind-schule.lernen", NOBODY),
    ("Sie kommt in Mathe nicht mit", "kind-schule.lernen", NOBODY),
    ("Die Schule ruft an, weil er um sich schlägt", "kind-schule.entwicklung", FAMILY),
    ("In der ersten Klasse weint er jeden Morgen", "kind-schule.entwicklung", ESE),
    ("Meine Vierzehnjährige hört nicht mehr auf mich", "kind-schule.erziehung", BUREAU),
    ("Ich erziehe allein und kann nicht mehr", "kind-schule.erziehung", FAMILY),
    ("Mein Kind kam letzte Woche aus der Ukraine", "kind-schule.neu", KI),
    ("Welche Schule nimmt meinen Sohn ohne Deutsch?", "kind-schule.neu", KI),
    ("Ich unterrichte und brauche Rat wegen eines Schülers", "lehrkraft", FAMILY),
    ("Als Schulleiterin suche ich Unterstützung", "lehrkraft", FAMILY),
    ("Ich bin 16: Ausbildung oder weiter Schule?", "ich.schule.nach-klasse-10", TALENT),
    ("Ich will auf eine andere Schule", "ich.schule.schulwechsel", FAMILY),
    ("Kann ich noch Abitur machen?", "ich.schule.schulabschluss", FAMILY),
    ("Meine Eltern haben nicht studiert, ich möchte", "ich.schule.studienwahl", TALENT),
    ("Ich verstehe im Unterricht nichts mehr", "ich.schule.lernen", NOBODY),
    ("Die Lehre als Bäcker ist nichts für mich",
     "ich.arbeit.ausbildungswechsel", VHS),
    ("Ich habe die Ausbildung abgebrochen, und jetzt?",
     "ich.arbeit.ausbildungswechsel", TALENT),
    ("Lohnt sich ein Studium für mich?", "ich.arbeit.studienwahl", TALENT),
    ("Nach zehn Jahren mit den Kindern zurück in den Beruf",
     "ich.arbeit.wiedereinstieg", VHS),
    ("Ich bin 45 und will etwas anderes machen", "ich.arbeit.weiterbildung", VHS),
    ("Als Mann finde ich sonst keine Beratung zum Beruf",
     "ich.arbeit.weiterbildung", VHS),
    ("Bekomme ich den Bildungsscheck?", "ich.arbeit.geld", VHS),
    ("Wer zahlt den Meisterkurs?", "ich.arbeit.geld", VHS),
    ("Ich bin Ärztin aus Syrien, zählt das hier?", "ich.arbeit.anerkennung", VHS),
    ("Mein Schulzeugnis aus Rumänien anerkennen lassen", "ich.neu.anerkennung", VHS),
    ("Ich will den Hauptschulabschluss nachholen",
     "ich.arbeit.schulabschluss", FAMILY),
    ("Ich spreche kein Deutsch und möchte einen Kurs", "ich.deutsch", COURSES),
    ("Ich bin Geflüchteter und will Deutsch lernen", "ich.neu.deutsch", COURSES),
    ("Ich bin 19, neu hier, nicht mehr schulpflichtig", "ich.neu.beruf", COURSES),
    ("Ich bin neu in Herne und kenne niemanden", "ich.neu.zurechtfinden", ENVOYS),
    ("Wer begleitet mich zu Ämtern?", "ich.neu.zurechtfinden", PILOTS),
    ("Ich bin 15 und gerade angekommen, wo ist Schule?", "ich.neu.schulplatz", KI),
    ("Ich möchte Familien begleiten, die neu sind", "ich.ehrenamt", ENVOYS),
    ("Ich möchte Lotsin werden", "ich.ehrenamt", PILOTS),
    ("In einem Jahr höre ich auf zu arbeiten", "ich.ruhestand", NOBODY),
    ("Ich weiß gar nicht, wen ich fragen soll", "weiss-nicht", GENERAL),
    ("Irgendetwas mit Arbeit, ich weiß nicht was", "ich.arbeit.weiss-nicht", GENERAL),
]  # fmt: skip


class TestSituations(TestCase):
    """All look at one first start."""

    @classmethod
    def setUpTestData(cls):
        city_seed.sow(Seeding())
        seed.sow(Seeding())

    def setUp(self):
        self.tree = load(FinderVersion.objects.published().get())

    def found(self, path: str) -> list[str]:
        """Slugs of the first two offices; of the general one where it alone is."""
        taken = walk(self.tree, path)
        assert taken.question is None
        assert not taken.is_lost
        last = taken.last
        key = last.concern.key if last else None
        result = answers(key, Wish(audience=last.audience if last else ""))
        if last is None:
            return [result.general.office.slug]
        return [one.office.slug for one in result.found[:2]]

    def test_each_situation_leads_to_its_office(self):
        assert len(SITUATIONS) >= 40
        paths = {path for _, path, _ in SITUATIONS}
        ends = {path: self.found(path) for path in paths}

        wrong = [
            (words, path, ends[path])
            for words, path, office in SITUATIONS
            if (office not in ends[path] if office else ends[path])
        ]

        assert wrong == []

    def test_every_answer_is_chosen_in_some_situation(self):
        chosen = {path for _, path, _ in SITUATIONS}
        taken = [walk(self.tree, path) for path in chosen]
        seen = {step.answer.pk for way in taken for step in way.steps if step.answer}

        answers_there = {one.pk for rows in self.tree.answers.values() for one in rows}

        assert seen == answers_there
        assert max(len(way.steps) for way in taken) == MOST_QUESTIONS

    def test_seeded_tree_has_no_error_and_says_what_nobody_answers(self):
        with override("en"):
            problems = [(one.is_error, one.text) for one in problems_of(self.tree)]

        assert problems == [
            (
                False,
                f"No office answers the concern “{concern}”: people are told so, and"
                " get the general office.",
            )
            for concern in (
                "Hilfe beim Lernen",
                "Ich gehe bald in Rente und suche etwas Neues",
            )
        ]

    def test_update_leaves_what_people_made(self):
        assert self.report_of_update() == []

        begin_draft(self.tree.version)

        assert self.report_of_update() == ["hier bearbeitet"]

    def test_update_renews_a_tree_nobody_touched(self):
        SeedRecord.objects.filter(kind="counselling.finderversion").update(values={})
        self.tree.first.delete()

        assert self.report_of_update() == []

        renewed = load(FinderVersion.objects.published().get())
        texts = [one.text_de for one in renewed.questions.values()]
        assert texts == [row["text"]["de"] for row in finder_seed.read()]

    def report_of_update(self) -> list[str]:
        """What an update says of the finder."""
        seeding = Seeding(may_update=True)
        finder_seed.sow(seeding)
        return [note.detail for note in seeding.notes]
