""" "Something is wrong": a small form of the facts of one entry."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.freshness.actions.corrections import correct, may_publish
from herne_bildung.freshness.actions.entries import ChangedMeanwhile
from herne_bildung.freshness.forms import NoteForm
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import Digest, DigestItem
from herne_bildung.freshness.questions import (
    CLOSED,
    Standing,
    one_question,
    standing_now,
)
from herne_bildung.freshness.views.token_page import digest_page, link_unknown, see

SAVE, SAVE_AND_CONFIRM = "save", "save_and_confirm"


@digest_page
def care_correct(
    request: HttpRequest, token: str, digest: Digest, item: int
) -> HttpResponse:
    """The form; what is sent is shown at once or waits for staff."""
    page = CorrectionPage(request, token, digest, item)
    if page.item is None:
        return link_unknown(request)
    if page.standing in CLOSED:
        return page.back()
    return page.receive() if request.method == "POST" else page.answer()


class CorrectionPage:
    """One item with its entry, for the form and what comes back from it."""

    def __init__(
        self, request: HttpRequest, token: str, digest: Digest, pk: int
    ) -> None:
        self.request, self.token, self.digest = request, token, digest
        self.item = (
            DigestItem.objects.select_related("entry__organisation__parent", "digest")
            .filter(digest=digest, pk=pk)
            .first()
        )
        if self.item is not None:
            self.kind = kind_of(self.item.entry)
            self.found = self.kind.get(self.item.entry.object_id)
            self.standing = standing_now(self.item, self.found)

    def back(self) -> HttpResponse:
        """To the list, where it says what became of the entry."""
        return see(f"{reverse('care', args=[self.token])}#item-{self.item.pk}")

    def receive(self) -> HttpResponse:
        """Save, propose, or say what is wrong."""
        data, note = self.request.POST, NoteForm(self.request.POST)
        decision = data.get("decision")
        form = self.kind.correction_form(data, instance=self.kind.get(self.found.pk))
        if decision not in {SAVE, SAVE_AND_CONFIRM}:
            notice = _("Nothing was sent. Please choose one of the buttons.")
            return self.answer(form, note, notice=notice, status=422)
        if not (form.is_valid() & note.is_valid()):
            return self.answer(form, note, status=422)
        return self._save(form, note, and_confirm=decision == SAVE_AND_CONFIRM)

    def _save(self, form: Any, note: NoteForm, *, and_confirm: bool) -> HttpResponse:
        data = self.request.POST
        try:
            result = correct(
                self.digest,
                self.item.pk,
                data,
                seen=data.get("seen", ""),
                note=note.cleaned_data["note"],
                and_confirm=and_confirm,
            )
        except ChangedMeanwhile:
            notice = _("This was changed while you were writing. Please check it.")
            return self.answer(form, note, notice=notice, status=409)
        if result is None:
            return self.back()
        is_empty = not (result.changed or result.has_note or result.is_done)
        if is_empty and not and_confirm:
            notice = _("You have not changed anything yet.")
            return self.answer(form, note, notice=notice, status=422)
        return self.back()

    def answer(
        self, form: Any = None, note: Any = None, *, notice: str = "", status: int = 200
    ) -> HttpResponse:
        """The page, with what was typed or with what the portal says now."""
        # Anew: a form that was checked has written into its own copy.
        present = self.kind.fingerprints(self.found)
        one = one_question(self.item, self.request.LANGUAGE_CODE)
        publishes = may_publish(self.digest.recipient, self.item.entry)
        form = form or self.kind.correction_form(instance=self.found)
        at_once = [] if publishes else self.kind.at_once & form.fields.keys()
        for field in (form.fields[name] for name in at_once):
            said = [str(field.help_text), _("Shown in the portal at once.")]
            field.help_text = " ".join(filter(None, said))
        context = {
            "token": self.token,
            "one": one,
            "form": form,
            "at_once": at_once,
            "note": note or NoteForm(),
            "seen": mark_of(present, present),
            "may_publish": publishes,
            "waits": one.standing == Standing.PROPOSED,
            "notice": notice,
        }
        return render(self.request, "freshness/correct.html", context, status=status)
