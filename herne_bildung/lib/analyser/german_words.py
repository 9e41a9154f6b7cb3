"""What the taking apart of German compounds must know beyond the dictionary."""

# Words of three letters that open compounds.
_SHORT_FIRST = """
abi alt amt art bad bau bio bus ehe hof kfz lob mal mut näh neu not ohr oma opa ort
rad rat ski tag tee tod uhr weg zoo
"""
SHORT_FIRST = frozenset(_SHORT_FIRST.split())

# Words of three letters that close compounds.
_SHORT_LAST = """
abi amt bad bau bus hof ort rad rat tag tee weg zoo
"""
SHORT_LAST = frozenset(_SHORT_LAST.split())

# Particles ("Weiterbildung" is no "Bildung" that goes on) and accidents.
_NEVER_FIRST = """
über unter hinter gegen durch nach zurück zusammen weiter wieder wider empor fort heim
herab heran heraus herein herum hinaus hinein voran voraus vorbei ineinander
miteinander sein seine eine einer eines keine inter multi meta super ober nieder
zwischen selb miss zuge einst schulp zent akti poli mill funkt besch ensse unikat doku
generat kommunikat trans abtei bedürf ergeb weit best aller mittler
"""
NEVER_FIRST = frozenset(_NEVER_FIRST.split())

# Endings that happen to be words, in all their forms.
_NEVER_LAST = """
schaft schaften heit heiten keit keiten innen inne rinne rinnen chen lein ling linge
tion tionen ion ionen sion ität ment mente menten nis nisse nissen ende enden ente
enten ern eren ieren iert isch ische ischen ischer isches tische haft hafte bare baren
lich liche lichen sam los lose losen ungen ung ering ernd ernde erer erin erinnen
erung rung tung gung dung nung lung mung sung vierung stände tand tein tern gang gänge
eier eiger eile weise weile wart warts wärts andere anderen reich reiche stell rich
iger ster eien ehen seit sein mal zehn rige arten eins eine einen einer alle allen
elle ellen ales ale uren ration rationen rum rums flicht fahrung fahrungen dings
steile late stage gerinnen gesucht gesuchte
"""
NEVER_LAST = frozenset(_NEVER_LAST.split())

# Words with a meaning of their own: "Fußball" is no "Ball", "Kindergarten" no garden.
_WHOLE = """
tagesmutter tagesvater hebamme großeltern frühstück geburtstag nachmittag vormittag
feiertag werktag montag dienstag donnerstag freitag samstag sonntag feierabend bahnhof
fußball handball basketball volleyball feuerwehr handwerk netzwerk seepferdchen
jahrgang lehrgang vorgang zugang übergang umgang handzettel haushalt unterricht
unterstützung hauptsache wohngeld kreislauf gesamt programm material information
international interkulturell gemeinschaft mitarbeiter mitarbeiterin teilnehmer
teilnehmerin ansprechpartner ansprechpartnerin arbeitsgemeinschaft geschwister
säugling partner
"""
# Such words, and what may still be found in them.
LEXICALISED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_WHOLE.split(), ()),
    "kindergarten": ("kind",),
    "wochentag": ("woche",),
    "stadtteil": ("stadt",),
    "muttersprache": ("sprache",),
    "selbsthilfe": ("hilfe",),
    "stadtbezirk": (
        "stadt",
        "bezirk",
    ),
}
