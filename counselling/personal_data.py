"""Personal data of this app; see `city.privacy`."""

from django.db.models import QuerySet

from counselling.actions import forget_names
from counselling.models import ContactRole, FinderVersion
from herne_bildung.city.privacy import (
    Holding,
    Subject,
    of_login,
    register,
    register_cleaning,
)


def _roles(subject: Subject) -> QuerySet:
    """Those with the person's name, or with their mail address."""
    found = ContactRole.objects.none()
    if subject.email:
        found |= ContactRole.objects.filter(email__iexact=subject.email)
    if subject.user and (name := subject.user.get_full_name()):
        found |= ContactRole.objects.filter(person_name__iexact=name)
    return found


register(
    Holding(
        model=ContactRole,
        what="Name einer Ansprechperson, mit Einwilligung und Enddatum",
        why="Ratsuchende wissen, nach wem sie fragen",
        until="der Tag, den die Person selbst nennt; danach entfernt ihn eine Aufgabe",
        fields=("person_name", "name_consent_on", "name_shown_until", "email", "phone"),
        of=_roles,
        remove=lambda rows: rows.update(
            person_name="", name_consent_on=None, name_shown_until=None
        ),
    ),
    Holding(
        model=FinderVersion,
        what="Wer eine Fassung der Beratungssuche veröffentlicht hat",
        why="Nachfragen zu den Fragen der Beratungssuche",
        until="bis der Zugang entfernt wird",
        fields=("number", "published_at"),
        of=of_login(FinderVersion, "published_by"),
    ),
)
register_cleaning("names of contacts", forget_names)
