"""Personal data of the portal itself and of signing in; see `city.privacy`."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db.models import Q, QuerySet

from herne_bildung.city.models import Invitation
from herne_bildung.city.privacy import (
    Holding,
    Subject,
    of_login,
    register,
    register_cleaning,
)
from herne_bildung.portal.accounts import invitations, logins
from herne_bildung.portal.actions import forget_failed_sign_ins
from herne_bildung.portal.exchange.actions import clean_up
from herne_bildung.portal.models.exchange import ColumnMapping, Import

WITH_LOGIN = "bis der Zugang entfernt wird"


def _invitations(subject: Subject) -> QuerySet:
    wanted = Q(email__iexact=subject.email) if subject.email else Q(pk=None)
    if subject.user:
        wanted |= Q(accepted_by=subject.user)
    return Invitation.objects.filter(wanted)


register(
    Holding(
        model=AccessAttempt,
        what="Misslungene Anmeldung: Name, Netzadresse, Browser",
        why="Schutz vor dem Erraten von Kennwörtern",
        until="30 Tage",
        fields=("username", "ip_address", "user_agent", "attempt_time"),
        of=lambda subject: AccessAttempt.objects.filter(username=str(subject)),
        remove=lambda rows: rows.delete(),
    ),
    Holding(
        model=EmailAddress,
        what="E-Mail-Adresse des Zugangs und ob sie bestätigt ist",
        why="Kennwort vergessen, Nachrichten über den Zugang",
        until=WITH_LOGIN,
        fields=("email", "verified", "primary"),
        of=of_login(EmailAddress, "user"),
    ),
    Holding(
        model=Authenticator,
        what="Zweiter Faktor: Art, wann eingerichtet und benutzt (mit Geheimnis)",
        why="Schutz des Zugangs",
        until=WITH_LOGIN + " oder die Person ihn entfernt",
        fields=("type", "created_at", "last_used_at"),
        of=of_login(Authenticator, "user"),
    ),
    Holding(
        model=UserSession,
        what="Sitzungen: Netzadresse, Browser, zuletzt gesehen",
        why="die Person sieht, wo sie angemeldet ist, und kann Sitzungen beenden",
        until="bis die Sitzung endet, höchstens 12 Stunden nach der Anmeldung",
        fields=("ip", "user_agent", "created_at", "last_seen_at"),
        of=of_login(UserSession, "user"),
    ),
    Holding(
        model=Invitation,
        what="Einladung: Adresse, Name, wer eingeladen hat",
        why="neue Leute bekommen einen Zugang",
        until=f"{invitations.KEPT_AFTER_END.days} Tage, nachdem sie angenommen,"
        " zurückgezogen oder abgelaufen ist",
        fields=("email", "name", "language", "role", "group", "invited_at"),
        of=_invitations,
        remove=lambda rows: rows.delete(),
    ),
    Holding(
        model=Import,
        what="Wer eine Tabelle eingelesen oder das zurückgenommen hat",
        why="Nachfragen; zurücknehmen als ein Schritt",
        until="so lange `IMPORTS_KEPT_DAYS` sagt; die Datei nur, bis sie erledigt ist",
        fields=("file_name", "created_at", "state"),
        of=of_login(Import, "by", "undone_by"),
    ),
    Holding(
        model=ColumnMapping,
        what="Wie jemand die Spalten einer Tabelle zugeordnet hat",
        why="beim nächsten Mal nicht noch einmal fragen",
        until=WITH_LOGIN,
        fields=("kind", "columns"),
        of=of_login(ColumnMapping, "user"),
    ),
)
register_cleaning("failed sign-ins", forget_failed_sign_ins)
register_cleaning("imports", clean_up)
register_cleaning("invitations", invitations.forget_old)
register_cleaning("sessions", logins.forget_old_sessions)
