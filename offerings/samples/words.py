"""Words samples are made of: audiences, names, sentences. What offers are about
stands in `recipes`. All of it is invented and says nothing about Herne.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom an offer is: its words, its target groups, its ages in months."""

    german: str
    english: str
    turkish: str
    target_groups: tuple[str, ...]
    ages: tuple[tuple[int, int | None], ...]


AUDIENCES = {
    "babies": Audience(
        "für Eltern mit Babys",
        "for parents with babies",
        "bebekli ebeveynler için",
        ("parents", "families"),
        ((0, 12), (0, 18), (3, 12), (6, 15)),
    ),
    "toddlers": Audience(
        "für Eltern mit Kleinkindern",
        "for parents with toddlers",
        "küçük çocuklu ebeveynler için",
        ("parents", "families"),
        ((12, 36), (6, 36), (18, 48)),
    ),
    "kita": Audience(
        "für Kinder im Kita-Alter",
        "for children of nursery age",
        "kreş çağındaki çocuklar için",
        ("children",),
        ((36, 72), (48, 72), (36, 84)),
    ),
    "school": Audience(
        "für Grundschulkinder",
        "for primary school children",
        "ilkokul çocukları için",
        ("children",),
        ((72, 120), (72, 132), (84, 120)),
    ),
    "girls": Audience(
        "für Mädchen",
        "for girls",
        "kızlar için",
        ("children", "youth"),
        ((96, 168), (120, 192), (72, 144)),
    ),
    "boys": Audience(
        "für Jungen",
        "for boys",
        "erkek çocuklar için",
        ("children", "youth"),
        ((96, 168), (120, 192), (72, 144)),
    ),
    "youth": Audience(
        "für Jugendliche",
        "for young people",
        "gençler için",
        ("youth",),
        ((144, 216), (168, 252), (120, 192)),
    ),
    "young_adults": Audience(
        "für junge Erwachsene",
        "for young adults",
        "genç yetişkinler için",
        ("youth", "adults"),
        ((192, 324), (216, 324)),
    ),
    "families": Audience(
        "für Familien",
        "for families",
        "aileler için",
        ("families", "children", "parents"),
        ((0, None), (36, None), (48, 144)),
    ),
    "parents": Audience(
        "für Eltern",
        "for parents",
        "ebeveynler için",
        ("parents",),
        ((216, None),),
    ),
    "fathers": Audience(
        "für Väter mit Kindern",
        "for fathers with children",
        "çocuklu babalar için",
        ("fathers", "families"),
        ((36, 120), (24, 96), (60, 144)),
    ),
    "mothers": Audience(
        "für Mütter",
        "for mothers",
        "anneler için",
        ("mothers", "women"),
        ((216, None),),
    ),
    "expectant": Audience(
        "für werdende Eltern",
        "for expectant parents",
        "anne baba adayları için",
        ("expectant", "parents"),
        ((216, None),),
    ),
    "women": Audience(
        "für Frauen",
        "for women",
        "kadınlar için",
        ("women",),
        ((216, None), (192, None)),
    ),
    "men": Audience("für Männer", "for men", "erkekler için", ("men",), ((216, None),)),
    "adults": Audience(
        "für Erwachsene",
        "for adults",
        "yetişkinler için",
        ("adults",),
        ((216, None), (192, None)),
    ),
    "seniors": Audience(
        "für ältere Menschen",
        "for older people",
        "yaşlılar için",
        ("seniors",),
        ((720, None), (660, None)),
    ),
    "newcomers": Audience(
        "für Neuzugewanderte",
        "for newcomers",
        "yeni gelenler için",
        ("newcomers", "adults"),
        ((192, None), (216, None)),
    ),
    "everyone": Audience(
        "für alle", "for everyone", "herkes için", ("everyone",), ((0, None),)
    ),
    "educators": Audience(
        "für Kita-Fachkräfte",
        "for nursery educators",
        "kreş eğitimcileri için",
        ("educators",),
        ((216, None),),
    ),
    "teachers": Audience(
        "für Lehrkräfte",
        "for teachers",
        "öğretmenler için",
        ("teachers",),
        ((216, None),),
    ),
}

DAYTIMES = {
    "morning": ("am Vormittag", ("09:00", "09:30", "10:00", "10:30")),
    "afternoon": ("am Nachmittag", ("14:30", "15:00", "15:30", "16:00", "16:30")),
    "evening": ("am Abend", ("17:30", "18:00", "18:30", "19:00", "19:30")),
}
LENGTHS = (45, 60, 75, 90, 90, 120, 150)
WEEKDAYS = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)

# Names groups give themselves: „Krabbelgruppe „Regenbogen““.
NAMES = tuple(
    "Regenbogen Sonnenblume Marienkäfer Wirbelwind Kunterbunt Brücke Kompass Anker"
    " Leuchtturm Löwenzahn Purzelbaum Igel Drachen Seestern Kiesel Zugvögel Windrad"
    " Mosaik Schatzkiste Fliegenpilz Apfelbaum Federleicht Funke Sternschnuppe Kastanie"
    " Treffpunkt Wolke Murmel Papierboot Springinsfeld".split()
)

LEVELS = (
    "zum Ausprobieren",
    "in kleiner Gruppe",
    "zum Kennenlernen",
    "für den Einstieg",
    "Schritt für Schritt",
    "mit viel Zeit für Fragen",
)

WELCOME = (
    "Alle sind willkommen, auch zum Zuschauen.",
    "Neue Gesichter sind jederzeit willkommen.",
    "Vorkenntnisse sind nicht nötig.",
    "Die Gruppe ist klein, damit alle zu Wort kommen.",
    "Wir nehmen uns Zeit für Fragen.",
    "Ein erster Besuch zum Kennenlernen ist möglich.",
    "Bringen Sie gern Freundinnen und Freunde mit.",
    "Getränke stehen bereit.",
    "Bequeme Kleidung ist von Vorteil.",
    "Material liegt bereit, Sie brauchen nichts mitzubringen.",
    "Auch Großeltern sind willkommen.",
    "Die Leitung hat eine Ausbildung für diese Arbeit.",
    "Wer nicht gut Deutsch spricht, bekommt Hilfe.",
    "Zum Abschluss gibt es eine kleine Feier.",
    "Wir achten auf Pausen und ein ruhiges Tempo.",
    "Nach jedem Termin bleibt Zeit für ein Gespräch.",
)
INVENTED = "Dies ist ein erfundenes Beispiel: Das Angebot gibt es so nicht."
NEXT_STEPS = {
    "needed": "Beispiel: Hier steht bei echten Angeboten, wo man sich anmeldet.",
    "none": "Beispiel: Einfach hingehen, eine Anmeldung wäre nicht nötig.",
    "": "Beispiel: Hier steht bei echten Angeboten, wie man mitmacht.",
}
NEXT_STEP_ENGLISH = "Sample: real offers say here how to take part."
NEXT_STEP_TURKISH = "Örnek: Gerçek tekliflerde nasıl katılacağınız burada yazar."

# Sample bodies: name, then how many places they have. The first is the demo login's.
ORGANISATIONS = (
    ("Beispiel-Familienzentrum Regenbogen", "family_centre", 2),
    ("Beispielverein Miteinander", "other", 3),
    ("Beispiel-Jugendhaus Kompass", "other", 2),
    ("Beispiel-Musikschule Klangbogen", "education", 2),
    ("Beispiel-Sportverein Wirbelwind", "other", 3),
    ("Beispiel-Bildungswerk Brücke", "education", 3),
    ("Beispiel-Beratungsstelle Anker", "office", 2),
    ("Beispiel-Bücherei Leseratte", "education", 2),
    ("Beispiel-Kita Purzelbaum", "family_centre", 1),
    ("Beispiel-Mehrgenerationentreff Mosaik", "other", 2),
    ("Beispiel-Kunstwerkstatt Farbklecks", "education", 2),
    ("Beispiel-Lernladen Kastanie", "education", 2),
)
UMBRELLA = "Beispielträger Lernen und Leben"
