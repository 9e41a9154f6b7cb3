"""Writes of the portal itself."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock, counts, searches_without_result
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

WITHOUT_RESULT = searches_without_result.NAME
FAILED_SIGN_INS = timedelta(days=30)


@transaction.atomic
def keep_search_counts() -> int:
    """Add the counts of searches without result to this month's rows."""
    found = counts.take(WITHOUT_RESULT)
    month = clock.today().replace(day=1)
    with connection.cursor() as cursor:
        for words, number in found.items():
            cursor.execute(
                "INSERT INTO portal_searchwithoutresult (month, words, count)"
                " VALUES (%s, %s, %s) ON CONFLICT (month, words) DO UPDATE"
                " SET count = portal_searchwithoutresult.count + excluded.count",
                [month, words, number],
            )
    return len(found)


def forget_failed_sign_ins() -> int:
    """Remove failed sign-ins, which name network addresses, after FAILED_SIGN_INS.

    Returns how many there were.
    """
    limit = clock.now() - FAILED_SIGN_INS
    return AccessAttempt.objects.filter(attempt_time__lt=limit).delete()[0]


@transaction.atomic
def report_barrier(
    *, key: str, message: str, page: str, email: str, language: str
) -> OutgoingMail:
    """Write a report about a barrier into the outbox, to the office, in German.

    `key` is the identity of the form's token: a second sending makes no second mail.
    """
    with override(DEFAULT_LANGUAGE):
        statement = f"{settings.PUBLIC_ADDRESS}{reverse('accessibility')}"
        text = render_to_string(
            "email/barrier_report.txt",
            {
                "message": message,
                "page": page,
                "email": email,
                "language": language_name(language, DEFAULT_LANGUAGE),
                "statement": statement,
            },
        )
        subject = gettext("Report about a barrier")
    return put_in_outbox(
        key=f"barrier-report:{key}",
        recipient=settings.BARRIER_MAILBOX,
        subject=f"{subject}: {page}" if page else subject,
        text=text.strip() + "\n",
        reply_to=email,
    )
