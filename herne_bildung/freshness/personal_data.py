"""Personal data of this app; see `city.privacy`. Times: `actions.cleanup`, README."""

from collections.abc import Callable

from django.db.models import Model, Q, QuerySet

from herne_bildung.city.privacy import (
    Holding,
    Subject,
    of_login,
    register,
    register_cleaning,
)
from herne_bildung.freshness.actions.cleanup import clean_up
from herne_bildung.freshness.actions.outbox import remove_old
from herne_bildung.freshness.actions.reports import close_very_old, forget_addresses
from herne_bildung.freshness.actions.subscriptions import end_all, forget
from herne_bildung.freshness.models import (
    Call,
    Campaign,
    CareEvent,
    Confirmation,
    ErrorReport,
    OutgoingMail,
    ProposedChange,
    Recipient,
    Subscriber,
)


def _recipients(subject: Subject) -> QuerySet:
    wanted = Q(email__iexact=subject.email) if subject.email else Q(pk=None)
    if subject.user:
        wanted |= Q(user=subject.user)
    return Recipient.objects.filter(wanted)


def _of_person(model: type[Model], path: str) -> Callable[[Subject], QuerySet]:
    """Rows that name the person's login in this column, or them as the recipient."""
    of_the_login = of_login(model, path)

    def rows(subject: Subject) -> QuerySet:
        as_recipient = model.objects.filter(recipient__in=_recipients(subject))
        return of_the_login(subject) | as_recipient

    return rows


def _addressed(model: type[Model], path: str) -> Callable[[Subject], QuerySet]:
    """Rows with the person's address in this column."""

    def rows(subject: Subject) -> QuerySet:
        if not subject.email:
            return model.objects.none()
        return model.objects.filter(**{f"{path}__iexact": subject.email})

    return rows


register(
    Holding(
        model=Recipient,
        what="E-Mail-Adresse, Sprache, Einwilligung, letzte Antwort",
        why="Erinnerungen an die Pflege von Einträgen",
        until="ein Jahr, nachdem die Adresse für nichts mehr zuständig ist; ohne "
        "Antwort auf eine Einladung 90 Tage",
        fields=(
            "email",
            "language",
            "invited_at",
            "allowed_at",
            "declined_at",
            "bounced_at",
            "last_digest_on",
            "last_answer_at",
        ),
        of=_recipients,
        remove=lambda rows: rows.delete(),
    ),
    Holding(
        model=Confirmation,
        what="Wer einen Eintrag bestätigt hat",
        why="„zuletzt bestätigt am“ muss belegt sein",
        until="so lange wie der Eintrag; ohne Namen, sobald der Zugang weg ist",
        fields=("entry__title", "at", "how", "groups"),
        of=_of_person(Confirmation, "by"),
    ),
    Holding(
        model=ProposedChange,
        what="Wer eine Änderung vorgeschlagen oder entschieden hat",
        why="Rückfrage und Nachricht über die Entscheidung",
        until="2 Jahre nach der Entscheidung",
        fields=("entry__title", "field", "old", "new", "state", "decided_at"),
        of=_of_person(ProposedChange, "decided_by"),
    ),
    Holding(
        model=CareEvent,
        what="Wer einen Eintrag verborgen, gezeigt, beendet hat",
        why="Verlauf eines Eintrags",
        until="5 Jahre",
        fields=("entry__title", "what", "at", "note"),
        of=_of_person(CareEvent, "by"),
    ),
    Holding(
        model=Call,
        what="Wer einen Anruf übernommen und erledigt hat",
        why="Anrufliste: nicht zwei rufen zugleich an",
        until="2 Jahre nach dem Anruf",
        fields=("entry__title", "claimed_at", "closed_at"),
        of=of_login(Call, "claimed_by", "closed_by"),
    ),
    Holding(
        model=Campaign,
        what="Wer eine Rundfrage gestartet hat",
        why="Nachfragen an die Person",
        until="so lange die Rundfrage besteht; ohne Namen, sobald der Zugang weg ist",
        fields=("name", "started_at"),
        of=of_login(Campaign, "started_by"),
    ),
    Holding(
        model=ErrorReport,
        what="E-Mail-Adresse und Text einer Meldung „Stimmt hier etwas nicht?“",
        why="eine Antwort an die Person, die etwas gemeldet hat",
        until="die Adresse 30 Tage nach der Antwort, der Text ein Jahr",
        fields=("entry__title", "reason", "text", "email", "created_at", "answer"),
        of=_addressed(ErrorReport, "email"),
        remove=lambda rows: rows.update(email=""),
    ),
    Holding(
        model=Subscriber,
        what="E-Mail-Adresse und Sprache von Leserinnen und Lesern, und was sie "
        "verfolgen, auch die Wörter einer Suche",
        why="nur dafür: ihnen zu schreiben, was dort neu ist; erst nach Bestätigung",
        until="bis sie es beenden, die Adresse Mails abweist oder "
        "`SUBSCRIPTION_MONTHS` (üblich: 12) Monate um sind; unbestätigt 7 Tage",
        fields=(
            "email",
            "language",
            "created_at",
            "subscriptions__kind",
            "subscriptions__key",
            "subscriptions__asked_at",
            "subscriptions__confirmed_at",
            "subscriptions__ends_on",
            "subscriptions__last_sent_at",
        ),
        of=_addressed(Subscriber, "email"),
        remove=end_all,
    ),
    Holding(
        model=OutgoingMail,
        what="Adresse und Text einer Mail des Portals",
        why="Zustellung; Nachweis, was verschickt wurde",
        until="30 Tage nach dem Versand; 90, wenn er misslang",
        fields=("recipient", "subject", "created_at", "sent_at"),
        of=_addressed(OutgoingMail, "recipient"),
        remove=lambda rows: rows.delete(),
    ),
)

register_cleaning("care", clean_up)
register_cleaning("mails", remove_old)
register_cleaning("subscriptions", forget)
register_cleaning("very old reports", close_very_old)
register_cleaning("who reported errors", forget_addresses)
