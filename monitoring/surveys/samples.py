"""Two invented waves for the demo that collide, of an invented survey: no document
names a day. They stand in no year of what is real without saying what they are.
"""

from datetime import timedelta

from goals.choices import Publication
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from monitoring.models import AskedGroup, Instrument, Wave

SLUG = "beispiel-befragung"
GROUP = "beispiel-gruppe"
SOURCE = "Beispiel, erfunden"
# Title, days from today until it begins, how many it takes, what is known of it.
WAVES = (
    (
        "Beispiel: Wie zufrieden sind Sie?",
        -120,
        14,
        {
            "invited": 120,
            "answered": 84,
            "findings_text_de": "Erfunden: Die meisten wünschen sich mehr Angebote am "
            "Nachmittag.",
            "reported_how_de": "Erfunden: mit einem Aushang",
        },
    ),
    ("Beispiel: Was brauchen Sie am Nachmittag?", 40, 14, {}),
    ("Beispiel: Welche Sprachen sprechen Sie?", 61, 7, {}),
)
REPORTED_AFTER = timedelta(days=60)


def add(organisation: Organisation) -> Instrument:
    """The invented survey in an invented organisation, unless it is there."""
    if found := Instrument.objects.filter(slug=SLUG).first():
        return found
    group = AskedGroup.objects.create(
        key=GROUP, name_de="Beispiel: Familien", rest_weeks=12, order=1000
    )
    survey = Instrument.objects.create(
        slug=SLUG,
        name_de="Beispiel-Befragung",
        about_de="Eine erfundene Befragung. Sie zeigt, wie Termine, Beteiligung und "
        "Rückmeldung aussehen.",
        target_de="erfundene Familien",
        organisation=organisation,
        source_title=SOURCE,
        order=1000,
        is_sample=True,
        state=Publication.PUBLISHED,
    )
    survey.groups.set([group])
    today = clock.today()
    for title, days, length, known in WAVES:
        first = today + timedelta(days=days)
        last = first + timedelta(days=length - 1)
        wave = Wave.objects.create(
            instrument=survey,
            title_de=title,
            starts_on=first,
            ends_on=last,
            organisation=organisation,
            reported_on=last + REPORTED_AFTER if known else None,
            is_sample=True,
            state=Publication.PUBLISHED,
            **known,
        )
        wave.groups.set([group])
        wave.organisations.set([organisation])
    return survey


def remove() -> int:
    """Remove what was invented. Returns how many waves."""
    waves = Wave.objects.filter(is_sample=True)
    number = waves.count()
    waves.delete()
    Instrument.objects.filter(is_sample=True).delete()
    AskedGroup.objects.filter(key=GROUP, waves=None, instruments=None).delete()
    return number
