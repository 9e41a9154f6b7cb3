"""Logins nobody uses: a warning by mail, then closed. Leads can open them again."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import formats

from herne_bildung.city.models import User
from herne_bildung.lib import clock
from herne_bildung.portal.accounts import logins, mails


def unused() -> QuerySet[User]:
    """Open logins without a sign-in for DORMANT_AFTER_MONTHS; never the demo's."""
    limit = clock.now() - relativedelta(months=settings.DORMANT_AFTER_MONTHS)
    people = User.objects.filter(is_active=True, is_demo=False)
    return people.annotate(used_at=Coalesce("last_login", "date_joined")).filter(
        used_at__lt=limit
    )


def care_for_dormant() -> dict[str, int]:
    """Warn whose login nobody uses, close those that were warned in vain.

    Each person in a transaction of its own; twice a day changes nothing.
    """
    warned = sum(_warn(pk) for pk in list(_not_warned().values_list("pk", flat=True)))
    limit = clock.now() - timedelta(days=settings.DORMANT_CLOSE_AFTER_DAYS)
    over = unused().filter(
        dormant_warned_at__gt=F("used_at"), dormant_warned_at__lte=limit
    )
    closed = sum(_close(pk) for pk in list(over.values_list("pk", flat=True)))
    return {"warned": warned, "closed": closed}


def _not_warned() -> QuerySet[User]:
    return unused().filter(
        Q(dormant_warned_at=None) | Q(dormant_warned_at__lte=F("used_at"))
    )


@transaction.atomic
def _warn(pk: int) -> bool:
    user = _not_warned().select_for_update().filter(pk=pk).first()
    if user is None:
        return False
    user.dormant_warned_at = clock.now()
    user.save(update_fields=["dormant_warned_at"])
    day = clock.today() + timedelta(days=settings.DORMANT_CLOSE_AFTER_DAYS)
    if user.email:
        mails.login_unused(user, day)
    return True


@transaction.atomic
def _close(pk: int) -> bool:
    """Not whoever is the last that could open logins again."""
    user = unused().select_for_update().filter(pk=pk).first()
    if user is None or logins.is_last_lead(user):
        return False
    why = f"unused since {formats.date_format(user.used_at, 'Y-m-d')}"
    return logins.close(user, why=why)
