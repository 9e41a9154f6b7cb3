"""An invented office for the demo, to show what no document tells: opening hours,
languages, an interpreter. It is marked on every page and never an answer.
"""

from datetime import time

from django.db import transaction
from django.utils.translation import override

from counselling.actions import KIND, ensure_general_role, reindex
from counselling.choices import Audience, Hours, Way
from counselling.models import (
    Concern,
    ContactRole,
    CounsellingOffice,
    OfficeConcern,
    OpeningHours,
)
from herne_bildung.city.models import Organisation, SearchDocument
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

SLUG = "beispiel-bildungsberatung"
CONCERNS = ("weiterbildung", "wiedereinstieg", "anerkennung")
# Weekday, from, to, season.
HOURS = (
    (0, time(9), time(12), "always"),
    (1, time(9, 30), time(12), "always"),
    (1, time(14), time(16), "term"),
    (3, time(14), time(18), "always"),
)


@transaction.atomic
def add(organisation: Organisation) -> CounsellingOffice:
    """The invented office of an invented organisation, unless it is there."""
    if found := CounsellingOffice.objects.filter(slug=SLUG).first():
        return found
    with override(DEFAULT_LANGUAGE):
        office = CounsellingOffice.objects.create(
            slug=SLUG,
            organisation=organisation,
            is_sample=True,
            state=CounsellingOffice.State.PUBLISHED,
            name_de="Beispiel-Bildungsberatung",
            summary_de="Zeigt, wie eine Stelle mit Zeiten und Sprachen aussieht.",
            what_to_bring_de="Zeugnisse\nLebenslauf",
            audiences=[Audience.ADULTS],
            is_citywide=True,
            languages=["de", "tr", "ar"],
            has_interpreting=True,
            interpreting_days=3,
            ways=[Way.WALK_IN, Way.APPOINTMENT, Way.PHONE],
            is_free=True,
            is_anonymous=True,
            place=organisation.places.first(),
            hours=Hours.KNOWN,
        )
    ensure_general_role(office)
    role = ContactRole.objects.create(
        office=office, title_de="Beispielberatung", responsibility_de="Weiterbildung"
    )
    concerns = list(Concern.objects.filter(key__in=CONCERNS))
    role.concerns.set(concerns)
    for concern in concerns:
        OfficeConcern.objects.create(office=office, concern=concern)
    for weekday, opens, closes, season in HOURS:
        OpeningHours.objects.create(
            office=office, weekday=weekday, opens=opens, closes=closes, season=season
        )
    reindex([office.pk])
    return office


@transaction.atomic
def remove() -> int:
    """Remove all invented offices. Returns how many there were."""
    samples = CounsellingOffice.objects.filter(is_sample=True)
    ids = list(samples.values_list("pk", flat=True))
    SearchDocument.objects.filter(kind=KIND, object_id__in=ids).delete()
    samples.delete()
    return len(ids)
