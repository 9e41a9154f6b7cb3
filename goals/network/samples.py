"""An invented body for the demo, with dates and a result, which no document tells."""

from datetime import time, timedelta

from goals.choices import BodyKind, DocumentKind, Publication
from goals.models import (
    Body,
    BodyDate,
    BodyDocument,
    BodyMember,
    OrganisationRole,
)
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock

SLUG = "beispiel-arbeitskreis"
# Days from today, title, whether it is cancelled.
DATES = (
    (-120, "Beispiel: Auftakt", False),
    (-30, "Beispiel: Angebote zusammentragen", False),
    (12, "Beispiel: Ergebnisse besprechen", False),
    (40, "Beispiel: Treffen vor Ort", True),
    (68, "Beispiel: Treffen vor Ort", False),
)


def add(organisation: Organisation, role: OrganisationRole | None = None) -> Body:
    """The invented body, in which an invented organisation takes part."""
    body = Body.objects.create(
        slug=SLUG,
        kind=BodyKind.WORKING_GROUP,
        name_de="Beispiel-Arbeitskreis",
        task_de="Ein erfundener Arbeitskreis. Er zeigt, wie Termine, Ergebnisse und "
        "eine Ansprechrolle aussehen.",
        role=role,
        order=1000,
        is_sample=True,
        state=Publication.PUBLISHED,
    )
    BodyMember.objects.create(
        body=body,
        organisation=organisation,
        role_de="Beispiel: lädt ein",
        is_in_charge=True,
        is_sample=True,
    )
    today = clock.today()
    for days, title, is_cancelled in DATES:
        BodyDate.objects.create(
            body=body,
            day=today + timedelta(days=days),
            starts_at=time(14),
            ends_at=time(16),
            title_de=title,
            venue="Beispielraum",
            is_cancelled=is_cancelled,
        )
    BodyDocument.objects.create(
        body=body,
        kind=DocumentKind.RESULT,
        title_de="Beispiel: Was beim letzten Treffen herauskam",
        text_de="Erfunden: Zwei Stadtteile sind abgestimmt.",
        dated=f"{today - timedelta(days=30):%Y-%m}",
    )
    return body


def remove() -> None:
    """Remove what was invented."""
    Body.objects.filter(is_sample=True).delete()
