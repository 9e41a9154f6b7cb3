"""Personal data of this app; see `city.privacy`."""

from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet

from herne_bildung.city import typed_forms, uploads
from herne_bildung.city.audit import forget_old
from herne_bildung.city.models import (
    AuditEntry,
    EntryVersion,
    Membership,
    TypedForm,
    User,
    WaitingVersion,
)
from herne_bildung.city.privacy import Holding, Subject, register, register_cleaning
from herne_bildung.city.versions.history import forget_old as forget_old_versions

LOG_KEPT = "so lange `AUDIT_KEPT_DAYS` sagt (üblich: 730 Tage)"


def _login(subject: Subject) -> QuerySet:
    return User.objects.filter(pk=subject.user.pk if subject.user else None)


def _memberships(subject: Subject) -> QuerySet:
    return Membership.objects.filter(user__in=_login(subject))


def _log(subject: Subject) -> QuerySet:
    if subject.user is None:
        return AuditEntry.objects.none()
    return AuditEntry.objects.filter(by_id=subject.user.pk)


def _versions(subject: Subject) -> QuerySet:
    login = _login(subject)
    by = Q(by__in=login) | Q(accepted_by__in=login) | Q(edited_by__in=login)
    return EntryVersion.objects.filter(by).distinct()


def _waiting(subject: Subject) -> QuerySet:
    login = _login(subject)
    by = Q(authors__in=login) | Q(editors__in=login) | Q(decided_by__in=login)
    return WaitingVersion.objects.filter(by).distinct()


register(
    Holding(
        model=User,
        what="Zugang: Name, E-Mail-Adresse, Sprache, Gruppen, letzte Anmeldung",
        why="Anmeldung von Mitarbeitenden und Anbietern",
        until="bis der Zugang entfernt wird; ungenutzte werden vorher geschlossen",
        fields=(
            "username",
            "first_name",
            "last_name",
            "email",
            "language",
            "translates",
            "is_active",
            "date_joined",
            "last_login",
        ),
        of=_login,
        remove=lambda rows: [person.delete() for person in rows],
    ),
    Holding(
        model=Membership,
        what="Wer welche Einrichtung pflegt",
        why="Rechte an den Einträgen einer Einrichtung",
        until="bis jemand sie beendet oder der Zugang entfernt wird",
        fields=("organisation__name_de", "role"),
        of=_memberships,
    ),
    Holding(
        model=LogEntry,
        what="Wer in der Verwaltung was gespeichert hat",
        why="Verlauf der Einträge für die, die sie pflegen",
        until="bis der Zugang entfernt wird",
        fields=("action_time", "object_repr", "change_message"),
        of=lambda subject: LogEntry.objects.filter(user__in=_login(subject)),
    ),
    Holding(
        model=AuditEntry,
        what="Protokoll: wer sich angemeldet, Rechte geändert, veröffentlicht hat",
        why="Nachweis, wer was verantwortet; erkennt Missbrauch",
        until=LOG_KEPT + "; auch nach dem Entfernen eines Zugangs",
        fields=("at", "action", "about", "by_name", "details"),
        of=_log,
    ),
)

register(
    Holding(
        model=EntryVersion,
        what="Wer welchen Eintrag wann geändert hat, und was er vorher sagte",
        why="Verlauf der Einträge: vergleichen, zurückholen",
        until="so lange `VERSIONS_KEPT_DAYS` sagt (üblich: 1095 Tage), die neueste "
        "Fassung so lange wie der Eintrag, die der Handlungsziele danach ohne Namen; "
        "ohne Namen, sobald der Zugang weg ist",
        fields=("at", "model", "title", "how"),
        of=_versions,
    ),
    Holding(
        model=WaitingVersion,
        what="Wer eine Änderung geschrieben hat, die auf die Freigabe wartet",
        why="Freigabe, Rückfrage und Nachricht über die Entscheidung",
        until="so lange `VERSIONS_KEPT_DAYS` sagt (üblich: 1095 Tage); ohne Namen, "
        "sobald der Zugang weg ist",
        fields=("since", "title", "state", "comment"),
        of=_waiting,
    ),
)

register(
    Holding(
        model=TypedForm,
        what="Was jemand in ein Formular getippt und nicht gespeichert hat",
        why="Nichts geht verloren, wenn die Anmeldung endet oder das Fenster zugeht",
        until="bis gespeichert oder verworfen, höchstens 30 Tage",
        fields=("typed_at", "model", "object_id", "data"),
        of=lambda subject: TypedForm.objects.filter(user__in=_login(subject)),
        remove=lambda rows: rows.delete(),
    ),
)

register_cleaning("log", forget_old)
register_cleaning("typed forms", typed_forms.forget)
register_cleaning("files", uploads.clean_up)
register_cleaning("versions", forget_old_versions)
