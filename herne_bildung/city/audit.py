"""The log of what must be answered for; written in the transaction of its reason."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from herne_bildung.city.models import AuditEntry, User
from herne_bildung.lib import clock

Action = AuditEntry.Action
LONGEST = 300


def record(
    action: str,
    *,
    by: User | None = None,
    about: models.Model | str = "",
    **details: Any,
) -> AuditEntry:
    """Note that a person did this; `about` is the entry, or words.

    `details` must be values JSON knows; never a password, a token or a text that
    someone may want forgotten.
    """
    entry = AuditEntry(action=action, details=details, about=str(about)[:LONGEST])
    if by is not None and by.pk:
        entry.by, entry.by_name = by, by.get_username()[:150]
    if isinstance(about, models.Model):
        entry.model, entry.object_id = about._meta.label_lower, str(about.pk)
    entry.save(force_insert=True)
    return entry


def forget_old() -> int:
    """Remove what is older than AUDIT_KEPT_DAYS. Returns how many entries."""
    return forget_before(clock.now() - timedelta(days=settings.AUDIT_KEPT_DAYS))


@transaction.atomic
def forget_before(moment: datetime) -> int:
    """Remove what is older than that; returns how many. Only this may remove rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL herne.audit_may_forget = 'yes'")
        cursor.execute("DELETE FROM city_auditentry WHERE at < %s", [moment])
        count = cursor.rowcount
        cursor.execute("SET LOCAL herne.audit_may_forget = 'no'")
    return count
