"""Two invented family centres for the demo: one of two Kitas, one that is a Kita
itself. Their offers are samples that exist already; they go when those go.
"""

from datetime import time, timedelta

from django.db import transaction
from django.utils.translation import override

from herne_bildung.city.actions import index_organisations
from herne_bildung.city.models import District, NetworkLink, Organisation
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.actions import reindex
from offerings.centres.search import index_centres
from offerings.choices import QualityArea
from offerings.models import ConsultationHours, FamilyCentre, Offering
from offerings.samples import bodies
from offerings.samples.words import ORGANISATIONS

CENTRES = (ORGANISATIONS[0][0], ORGANISATIONS[8][0])
KITAS = ("Beispiel-Kita Löwenzahn", "Beispiel-Kita Sternschnuppe")
# So many offers of the first centre are those of its first Kita.
OFFERS_OF_A_KITA = 3
# Numbers of their places, which no other sample place has.
FIRST_PLACE = 901
NOTE = "Beispiel: Hier steht, wo man sich meldet."
# Weekday, from, to, only by appointment.
HOURS = (
    (0, time(9), time(11), False),
    (2, time(14), time(16), False),
    (3, time(8, 30), time(10), True),
)
# Days from now on which the certificates end; the second is soon.
ENDS = (900, 150)
# By topic. Nothing for child day care: staff see a gap.
AREAS = {
    "krabbelgruppen": [QualityArea.FAMILY_EDUCATION],
    "elternkurse": [QualityArea.FAMILY_EDUCATION],
    "rund-um-die-geburt": [
        QualityArea.FAMILY_EDUCATION,
        QualityArea.FAMILY_COUNSELLING,
    ],
    "familientreffs": [QualityArea.FAMILY_EDUCATION, QualityArea.NEIGHBOURHOOD],
    "musik": [QualityArea.FAMILY_EDUCATION],
    "familienberatung": [QualityArea.FAMILY_COUNSELLING],
    "inklusion": [QualityArea.FAMILY_COUNSELLING],
    "ferienangebote": [QualityArea.FAMILY_AND_WORK],
    "ankommen": [QualityArea.NEIGHBOURHOOD],
    "deutsch-lernen": [QualityArea.NEIGHBOURHOOD],
    "ehrenamt": [QualityArea.NEIGHBOURHOOD],
}


@transaction.atomic
def add() -> list[FamilyCentre]:
    """The invented centres, unless they are there."""
    with override(DEFAULT_LANGUAGE):
        found = FamilyCentre.objects.filter(is_sample=True)
        if found.exists():
            return list(found)
        organisations = [bodies.organisation(name, "family_centre") for name in CENTRES]
        made = [
            _centre(organisation, days)
            for organisation, days in zip(organisations, ENDS, strict=True)
        ]
        kitas = [_kita(number, name) for number, name in enumerate(KITAS)]
        for kita in kitas:
            NetworkLink.objects.create(centre=organisations[0], member=kita)
        ids = _share_offers(organisations, kitas)
        index_organisations(one.pk for one in [*organisations, *kitas])
        reindex(ids)
        index_centres()
    return made


def _centre(organisation: Organisation, days: int) -> FamilyCentre:
    today = clock.today()
    centre = FamilyCentre.objects.create(
        organisation=organisation,
        certificate_from=today - timedelta(days=400),
        certificate_until=today + timedelta(days=days),
        consultation_note_de=NOTE,
    )
    for weekday, opens, closes, is_by_appointment in HOURS:
        ConsultationHours.objects.create(
            centre=centre,
            weekday=weekday,
            opens=opens,
            closes=closes,
            is_by_appointment=is_by_appointment,
        )
    return centre


def _kita(number: int, name: str) -> Organisation:
    quarters = District.objects.filter(
        level=District.Level.QUARTER, shape__isnull=False
    )
    found = list(quarters[:2])
    kita = bodies.organisation(name, "education")
    district = found[number % len(found)] if found else None
    kita.places.set([bodies.place(name, FIRST_PLACE + number, district)])
    return kita


def _share_offers(
    organisations: list[Organisation], kitas: list[Organisation]
) -> list[int]:
    """Say which areas their offers cover, and whose some of them are."""
    samples = Offering.objects.filter(is_sample=True).prefetch_related("topics")
    changed = list(samples.filter(provider__in=organisations).order_by("pk"))
    of_first = [one for one in changed if one.provider_id == organisations[0].pk]
    for offering in of_first[:OFFERS_OF_A_KITA]:
        offering.provider = kitas[0]
    for offering in changed:
        areas = [
            area for topic in offering.topics.all() for area in AREAS.get(topic.key, [])
        ]
        offering.quality_areas = list(dict.fromkeys(areas))
    Offering.objects.bulk_update(changed, ["provider", "quality_areas"])
    return [one.pk for one in changed]
