"""Personal data of the portal itself; see `city.privacy`."""

from axes.models import AccessAttempt

from herne_bildung.city.privacy import Holding, register, register_cleaning
from herne_bildung.portal.actions import forget_failed_sign_ins

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
)
register_cleaning("failed sign-ins", forget_failed_sign_ins)
