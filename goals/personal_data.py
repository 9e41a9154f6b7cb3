"""Personal data of this app; see `city.privacy`."""

from django.db.models import QuerySet

from goals.actions import forget_names
from goals.models import OrganisationRole, Report
from herne_bildung.city.privacy import (
    Holding,
    Subject,
    of_login,
    register,
    register_cleaning,
)


def _roles(subject: Subject) -> QuerySet:
    """Those with the person's name, or with their mail address."""
    found = OrganisationRole.objects.none()
    if subject.email:
        found |= OrganisationRole.objects.filter(email__iexact=subject.email)
    if subject.user and (name := subject.user.get_full_name()):
        found |= OrganisationRole.objects.filter(person_name__iexact=name)
    return found


register(
    Holding(
        model=OrganisationRole,
        what="Name einer verantwortlichen Person, mit Einwilligung und Enddatum",
        why="Wer nach einem Handlungsziel fragt, weiß, an wen",
        until="der Tag, den die Person selbst nennt; danach entfernt ihn eine Aufgabe",
        fields=("person_name", "name_consent_on", "name_shown_until", "email", "phone"),
        of=_roles,
        remove=lambda rows: rows.update(
            person_name="", name_consent_on=None, name_shown_until=None
        ),
    ),
    Holding(
        model=Report,
        what="Wer einen Sachstandsbericht erstellt hat",
        why="Nachfragen zum Bericht",
        until="bis der Zugang entfernt wird",
        fields=("title", "day"),
        of=of_login(Report, "made_by"),
    ),
)
register_cleaning("names of responsible persons", forget_names)
