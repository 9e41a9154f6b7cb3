"""The history of an entry: who changed what when, compare, restore."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import (
    reached_organisations,
    reads_all_rows,
    reads_notes,
    sees_everything,
)
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.declared import declared_for
from herne_bildung.city.versions.differences import (
    changed_labels,
    differences,
    label_of,
)
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 25
RESTORING = (EntryVersion.How.RESTORED, EntryVersion.How.UNDONE)


@dataclass(frozen=True)
class Line:
    """One version in the list: `changed` names the facts it changed."""

    version: EntryVersion
    who: str
    edited_by: str
    accepted_by: str
    changed: list[str]
    is_first: bool
    is_latest: bool

    @property
    def comment(self) -> str:
        """What was said of it; a version that was restored is noted by its number."""
        said = self.version.comment
        if self.version.how in RESTORING and said.isdigit():
            return _("Version %(number)s") % {"number": said}
        return said


class HistoryPages:
    """Ours instead of Django's own page; for `VersionedAdmin`."""

    def history_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/history/vergleich/",
                wrap(self.compare_view),
                name=f"{name}_compare",
            ),
            path(
                "<path:object_id>/history/<int:number>/wiederherstellen/",
                wrap(self.restore_view),
                name=f"{name}_restore",
            ),
        ]

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """All versions, newest first."""
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        versions = self.versions_for(request, entry)
        total = versions.count()
        number, _is_followed = page_number(request.GET.get("page"), total, PER_PAGE)
        paging = Paging(number, PER_PAGE, total)
        # One more: the last one of the page is compared with it.
        found = versions.select_related("by", "accepted_by")
        found = list(found[paging.offset : paging.offset + PER_PAGE + 1])
        accepted = [one for one in found if one.accepted_by_id]
        prefetch_related_objects(accepted, "edited_by")
        context = {
            "lines": self._lines(request, found, paging),
            "pager": pager(paging, lambda page: f"?page={page}"),
            "may_restore": self._may_restore(request, entry),
        }
        return self._page(request, "history.html", entry, _("History"), context)

    def _lines(
        self, request: HttpRequest, found: list[EntryVersion], paging: Paging
    ) -> list[Line]:
        declared, with_private = declared_for(self.model), reads_notes(request.user)
        lines = []
        for place, version in enumerate(found[:PER_PAGE]):
            before = found[place + 1] if place + 1 < len(found) else None
            lines.append(
                Line(
                    version=version,
                    who=who_in_words(version, request.user),
                    edited_by=edited_by_in_words(version, request.user),
                    accepted_by=accepted_by_in_words(version, request.user),
                    changed=changed_labels(
                        declared,
                        before.snapshot,
                        version.snapshot,
                        with_private=with_private,
                    )
                    if before
                    else [],
                    is_first=before is None,
                    is_latest=paging.number == 1 and place == 0,
                )
            )
        return lines

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions, fact by fact."""
        entry = self._reached(request, object_id)
        versions = self.versions_for(request, entry)
        numbers = sorted(_number(request.GET.get(name)) for name in ("a", "b"))
        found = {one.number: one for one in versions.filter(number__in=numbers)}
        if len(found) != 2:
            text = _("Please choose two versions to compare.")
            messages.warning(request, text)
            return redirect(self._address("history", entry))
        old, new = (found[number] for number in numbers)
        context = {
            "old": old,
            "new": new,
            "differences": differences(
                declared_for(entry),
                old.snapshot,
                new.snapshot,
                with_private=reads_notes(request.user),
            ),
            "may_restore": self._may_restore(request, entry),
        }
        return self._page(request, "compare.html", entry, _("Compare"), context)

    def restore_view(
        self, request: HttpRequest, object_id: str, number: int
    ) -> HttpResponse:
        """Bring a version back: at once with the right to publish, else it waits."""
        entry = self._reached(request, object_id)
        if not self._may_restore(request, entry):
            raise PermissionDenied
        if request.method == "POST":
            version = self.versions_for(request, entry).filter(number=number).first()
            if version is None:
                raise Http404
            self._restore(request, entry, version)
        return redirect(self._address("history", entry))

    def _may_restore(self, request: HttpRequest, entry: Model) -> bool:
        """Whoever changes the whole entry, not its texts in some languages only."""
        may_change = self.has_change_permission(request, entry)
        return may_change and not self.translates(request.user, entry)

    @transaction.atomic
    def _restore(
        self, request: HttpRequest, entry: Model, version: EntryVersion
    ) -> None:
        declared, by = declared_for(entry), request.user
        history.lock(declared, [entry.pk])
        entry.refresh_from_db()
        is_public = declared.is_public(entry)
        owners = declared.owners(entry)
        wanted = self._restorable(request, version)
        if not waiting.may_save(
            by, declared, owners, was_public=is_public, is_public=is_public
        ):
            kept = waiting.store(entry, wanted, by=by)
            text = (
                _("The former version waits until the Bildungsbüro has read it.")
                if kept
                else _("Nothing was changed.")
            )
            self.message_user(request, text, messages.SUCCESS)
            return
        if not snapshots.delta(snapshots.take(entry), wanted):
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            return
        try:
            gone = history.restore(entry, version, wanted=wanted, by=by)
        except ValidationError as error:
            said = " ".join(error.messages)
            text = _("This version cannot be restored: %(why)s") % {"why": said}
            self.message_user(request, text, messages.ERROR)
            return
        self.message_user(request, _("The version is restored."), messages.SUCCESS)
        if gone:
            names = ", ".join(label_of(declared, name) for name in gone)
            text = _("Left out, because it is no longer there: %(facts)s")
            self.message_user(request, text % {"facts": names}, messages.WARNING)

    def _restorable(self, request: HttpRequest, version: EntryVersion) -> Any:
        """Facts that the person may write in the form, too."""
        wanted = history.restorable(declared_for(self.model), version.snapshot)
        if sees_everything(request.user):
            return wanted
        return {n: v for n, v in wanted.items() if n not in self._not_theirs()}

    def _not_theirs(self) -> set[str]:
        declared = declared_for(self.model)
        own = {*self.provider_readonly_fields, *declared.private}
        return own | {declared.owner_field}

    def versions_for(self, request: HttpRequest, entry: Model) -> QuerySet:
        """Versions that a person may read: those from the time when the entry was
        theirs, all for staff and others who read all entries.
        """
        versions, user = history.versions_of(entry), request.user
        readers = [group for group, may in self.rights.items() if "view" in may]
        declared = declared_for(entry)
        if reads_all_rows(user, readers) or not declared.owner_field:
            return versions
        return versions.filter(organisation__in=reached_organisations(user))

    def _reached(self, request: HttpRequest, object_id: str) -> Model:
        entry = self.get_object(request, unquote(object_id))
        if entry is None or not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        return entry

    def _address(self, view: str, entry: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[entry.pk])

    def _page(
        self,
        request: HttpRequest,
        template: str,
        entry: Model,
        title: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        frame = {
            **self.admin_site.each_context(request),
            "title": f"{title}: {entry}",
            "entry": entry,
            "opts": self.opts,
            "list_path": self._list_path(),
            "form_path": self._address("change", entry),
            "history_path": self._address("history", entry),
            "compare_path": self._address("compare", entry),
        }
        return render(request, f"admin/versions/{template}", {**frame, **context})

    def _list_path(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def who_in_words(version: EntryVersion, reader: Any) -> str:
    """Who changed it. Providers read names of their own people only."""
    if version.is_by_office and not sees_everything(reader):
        return _("Bildungsbüro")
    return full_name(version.by)


def edited_by_in_words(version: EntryVersion, reader: Any) -> str:
    """Which staff changed it while it waited, before somebody else accepted it.
    Providers read that the Bildungsbüro did.
    """
    if not version.accepted_by_id or not sees_everything(reader):
        return ""
    return ", ".join(sorted(full_name(one) for one in version.edited_by.all()))


def accepted_by_in_words(version: EntryVersion, reader: Any) -> str:
    """Who let it on the site, and may have changed it before; empty where nobody had
    to. Providers read no names of staff.
    """
    if version.accepted_by and not sees_everything(reader):
        return _("Bildungsbüro")
    return full_name(version.accepted_by)


def full_name(person: Any) -> str:
    """How a person is called on these pages; empty for none."""
    return (person.get_full_name() or person.get_username()) if person else ""


def _number(raw: str | None) -> int:
    is_number = raw and raw.isascii() and raw.isdigit() and len(raw) < 9
    return int(raw) if is_number else 0
