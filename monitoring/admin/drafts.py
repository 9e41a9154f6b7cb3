"""Drafts of releases from imported values, at one press in the form of an indicator."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from goals.admin.tree import form_path
from monitoring.admin.release_rows import sees_drafts, step_path
from monitoring.choices import Protection
from monitoring.models import Indicator
from monitoring.protection.refused import ProtectionRefused
from monitoring.releases import drafting


class DraftPages:
    """For the admin class of indicators."""

    def draft_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.draft_view)
        return [path("<int:pk>/entwurf/", view, name="monitoring_indicator_draft")]

    def may_draft(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and sees_drafts(request)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what will be made, and makes it. Nobody but staff sees drafts."""
        if not self.may_draft(request):
            raise PermissionDenied
        indicator = self.get_queryset(request).filter(pk=pk).first()
        if indicator is None:
            raise Http404
        if request.method == "POST":
            return self._make(request, indicator)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Make a draft from the imported values"),
            "opts": self.opts,
            "indicator": indicator,
            "linked": drafting.made_with(indicator),
            "failure": drafting.last_failure(indicator),
            "is_waiting": drafting.waiting_runs()
            .filter(table_set=indicator.table_set_id)
            .exists(),
            "has_values": indicator.raw_values.exists(),
            "is_protected": indicator.protection == Protection.PROTECTED,
            "form_path": form_path(indicator),
        }
        return render(request, "admin/monitoring/draft.html", context)

    def _make(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        try:
            drafts = drafting.make_drafts(indicator=indicator, by=request.user)
        except ProtectionRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(form_path(indicator))
        if not drafts:
            words = _("The values are being protected. The draft is here in a while.")
            self.message_user(request, words)
            return redirect(f"{form_path(indicator)}#releases")
        own = next(one for one in drafts if one.indicator_id == indicator.pk)
        self.message_user(request, _("The draft is made: only staff see it."))
        return redirect(step_path("steps", own))
