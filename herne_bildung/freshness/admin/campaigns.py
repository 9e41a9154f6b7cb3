"""Campaigns: planned, looked at, started."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.pages import show
from herne_bildung.city.rights import OFFICE
from herne_bildung.freshness.actions import campaigns as actions
from herne_bildung.freshness.models import Campaign, MaintainedEntry, Recipient
from herne_bildung.lib import clock
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 50
# Entries named for each recipient; the mail names all.
MOST_NAMED = 20


class CampaignForm(ModelForm):
    """A campaign asks for what is to come."""

    def clean_covers_until(self) -> date:
        day = self.cleaned_data["covers_until"]
        if day < clock.today():
            raise ValidationError(_("This day is over."))
        return day


@admin.register(Campaign)
class CampaignAdmin(OwnEntriesAdmin):
    """What was started stays as it is."""

    form = CampaignForm
    rights = {OFFICE: ("view", "add", "change", "delete")}
    list_display = ["name", "covers_until", "started_at", "entries_asked", "look"]
    fields = ["name", "covers_until", "started_at", "entries_asked"]
    readonly_fields = ["started_at", "entries_asked"]
    can_be_deleted = True

    @admin.display(description=gettext_lazy("who would get what"))
    def look(self, campaign: Campaign) -> str:
        address = reverse("admin:freshness_campaign_preview", args=[campaign.pk])
        return format_html('<a href="{}">{}</a>', address, _("Preview"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_started = obj is not None and obj.started_at is not None
        return super().has_change_permission(request, obj) and not is_started

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_started = obj is not None and obj.started_at is not None
        return super().has_delete_permission(request, obj) and not is_started

    def response_add(self, request: HttpRequest, obj: Campaign, *more: Any) -> Any:
        """A new campaign is looked at next."""
        return redirect("admin:freshness_campaign_preview", obj.pk)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preview_view)
        name = "freshness_campaign_preview"
        return [path("<int:pk>/vorschau/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who would get what; the button's own value starts it."""
        campaign = get_object_or_404(Campaign, pk=pk)
        if not self.has_view_permission(request, campaign):
            raise PermissionDenied
        may_start = self.has_change_permission(request, campaign)
        if request.method == "POST":
            if request.POST.get("do") == "start" and may_start:
                self._start(request, campaign)
            return redirect("admin:freshness_campaign_preview", pk)
        return show(
            request,
            "admin/freshness/campaign.html",
            campaign.name,
            campaign=campaign,
            may_start=may_start,
            **(
                self._asked(request, campaign)
                if campaign.started_at
                else self._preview(request, campaign)
            ),
        )

    def _asked(self, request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
        """One page of who was asked about what; what is still to be asked."""
        found = actions.asked_by(campaign)
        paging, shown = _page_of(request, found)
        still = campaign.entries.filter(step=MaintainedEntry.Step.NONE)
        return {
            "asked": shown,
            "number_to_ask": still.count(),
            "to_ask": still[:MOST_NAMED],
            "called": campaign.entries.filter(step=MaintainedEntry.Step.CALL),
            "pager": pager(paging, lambda page: f"?page={page}"),
        }

    def _preview(self, request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
        """One page of the recipients with their entries; who is called instead."""
        found = actions.preview(campaign)
        paging, shown = _page_of(request, found.mails)
        return {
            "mails": _named(shown),
            "later": _named(found.later),
            "waiting": found.waiting[:MOST_NAMED],
            "number_waiting": len(found.waiting),
            "left_out": found.left_out,
            "number_of_mails": len(found.mails),
            "number_of_entries": found.entries,
            "without_recipient": found.without_recipient[:MOST_NAMED],
            "number_of_calls": len(found.without_recipient),
            "pager": pager(paging, lambda page: f"?page={page}"),
        }

    def _start(self, request: HttpRequest, campaign: Campaign) -> None:
        number = actions.start(campaign, request.user).entries_asked or 0
        if not number:
            messages.error(request, _("There is nothing to ask: it was not started."))
            return
        text = ngettext(
            "Started: %(number)s entry is asked about.",
            "Started: %(number)s entries are asked about.",
            number,
        )
        messages.success(request, text % {"number": number})


def _page_of(request: HttpRequest, found: list) -> tuple[Paging, list]:
    number, _is_followed = page_number(request.GET.get("page"), len(found), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(found))
    return paging, found[paging.offset : paging.offset + PER_PAGE]


def _named(mails: actions.Mails) -> list[tuple[Recipient, list[MaintainedEntry], int]]:
    """Recipients with some of their entries, and how many more there are."""
    return [
        (recipient, entries[:MOST_NAMED], len(entries) - MOST_NAMED)
        for recipient, entries in mails
    ]
