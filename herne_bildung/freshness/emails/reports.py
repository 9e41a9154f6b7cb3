"""Mails about reports of errors: to those who look after the entry, and back to the
reader. The reader's address stands in none but the last.
"""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext, override

from herne_bildung.freshness.emails.mail import on_one_line, written
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import ErrorReport, OutgoingMail, Recipient
from herne_bildung.freshness.recipients import recipient_for
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


def owner_to_tell(report: ErrorReport) -> Recipient | None:
    """Whoever looks after the entry and can be written to; not who reported it."""
    informed = {settings.CARE_MAILBOX.lower(), report.email.lower()}
    owner = recipient_for(report.entry.organisation)
    return owner if owner and owner.email.lower() not in informed else None


def report_received(
    report: ErrorReport, owner: Recipient | None = None, link: str = ""
) -> list[OutgoingMail]:
    """To the office, and to the owner with the link of a page that corrects the entry
    without a login.
    """
    sent = [_received(report, "office", settings.CARE_MAILBOX, DEFAULT_LANGUAGE)]
    if owner is not None:
        has_login = owner.user is not None and owner.user.is_active
        sent.append(
            _received(report, "owner", owner.email, owner.language, link, has_login)
        )
    return sent


def _received(
    report: ErrorReport,
    role: str,
    recipient: str,
    language: str,
    link: str = "",
    has_login: bool = True,
) -> OutgoingMail:
    kind = kind_of(report.entry)
    found = kind.get(report.entry.object_id)
    with override(language):
        title = kind.title(found, language).text
        subject = gettext("Something may be wrong: %(title)s") % {"title": title}
        mail = written(
            "error_report",
            on_one_line(subject),
            {
                "is_office": role == "office",
                "title": title,
                "page": settings.PUBLIC_ADDRESS + kind.page_path(found),
                "link": link,
                "administration": settings.PUBLIC_ADDRESS + kind.admin_path(found)
                if has_login
                else "",
                "reason": report.get_reason_display(),
                "text": report.text,
                "language_of_reader": language_name(report.language, language),
                "wants_answer": bool(report.email),
            },
        )
    if role == "office":
        mail = replace(mail, reply_to="")
    return mail.put(key=f"error-report:{report.pk}:{role}", recipient=recipient)


def report_answered(report: ErrorReport) -> OutgoingMail:
    """What became of it, to the reader, in the language they reported in."""
    kind = kind_of(report.entry)
    found = kind.get(report.entry.object_id)
    with override(report.language):
        title = kind.title(found, report.language).text if found else report.entry.title
        subject = gettext("Your report about “%(title)s”") % {"title": title}
        mail = written(
            "error_report_answer",
            on_one_line(subject),
            {
                "title": title,
                "page": settings.PUBLIC_ADDRESS + kind.page_path(found)
                if found
                else "",
                "reason": report.get_reason_display(),
                "text": report.text,
                "answer": report.answer,
                "why": gettext(
                    "You get this mail because you reported an error to the "
                    "education portal of the city of Herne and left your address."
                ),
            },
        )
    return mail.put(key=answer_key(report.pk), recipient=report.email)


def answer_key(report_id: int) -> str:
    """The key of the mail that answers a report."""
    return f"error-report:{report_id}:answer"
