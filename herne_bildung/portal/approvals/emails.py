"""What the authors of a change are told."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.versions import waiting
from herne_bildung.city.versions.declared import models_with_history
from herne_bildung.freshness.emails.mail import on_one_line, written


def accepted(found: WaitingVersion) -> None:
    """What they wrote is on the site."""
    entry = waiting.entry_of(found)
    declared = models_with_history()[found.model]
    for author in authors_of(found):
        with override(author.language):
            page = declared.page_path(entry) if declared.is_public(entry) else ""
            subject = gettext("On the site now: “%(title)s”") % {"title": entry}
            _put(
                f"approval-accepted:{found.pk}:{author.pk}",
                author,
                subject,
                is_accepted=True,
                title=str(entry),
                address=_absolute(page),
            )


def returned(found: WaitingVersion) -> None:
    """What they wrote came back with a comment."""
    for author in authors_of(found):
        with override(author.language):
            subject = gettext("Please look again: “%(title)s”")
            _put(
                f"approval-returned:{found.pk}:{author.pk}:{found.decided_at.timestamp():.0f}",
                author,
                subject % {"title": found.title},
                title=found.title,
                comment=found.comment,
                address=_absolute(form_path(found.model, found.object_id)),
            )


def undone(version: EntryVersion, *, is_off: bool) -> None:
    """What they published was taken back; `is_off`: it was new and left the site."""
    if (author := version.by) is None or not _can_be_told(author):
        return
    with override(author.language):
        subject = gettext("Taken back: “%(title)s”") % {"title": version.title}
        _put(
            f"approval-undone:{version.pk}",
            author,
            subject,
            is_undone=True,
            is_off=is_off,
            title=version.title,
            address=_absolute(form_path(version.model, version.object_id)),
        )


def authors_of(found: WaitingVersion) -> list[User]:
    """Who wrote it and can be told."""
    return [one for one in found.authors.order_by("pk") if _can_be_told(one)]


def form_path(model: str, pk: int) -> str:
    """The form of an entry in the administration."""
    app, name = model.split(".")
    return reverse(f"admin:{app}_{name}_change", args=[pk])


def _can_be_told(person: User) -> bool:
    return person.is_active and bool(person.email)


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}" if path else ""


def _put(key: str, author: User, subject: str, **context: object) -> None:
    mail = written("approval", on_one_line(subject), context)
    mail.put(key=key, recipient=author.email)
