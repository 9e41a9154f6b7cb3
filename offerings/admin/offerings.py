from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.reading import InWordsForReaders, names_of
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.slugs import free_slug
from herne_bildung.city.spoken import SpokenLanguage
from offerings import actions
from offerings.admin.files import OfferingFlyerInline, OfferingPictureInline
from offerings.admin.form_page import FormPage
from offerings.admin.forms import OfferingForm, ReasonActionForm
from offerings.admin.inlines import CostOptionInline, ScheduleInline
from offerings.admin.layout import FIELDSETS, PLACES_STILL, QUALITY_AREAS
from offerings.admin.preview import OfferingPreview
from offerings.admin.series_page import SeriesPages
from offerings.admin.today_actions import TodayActions
from offerings.admin.today_page import TodayPage
from offerings.admin.year_filter import YearFilter
from offerings.ages import age_in_words
from offerings.choices import QualityArea, TargetGroup
from offerings.models import Offering


def age_or_dash(months: int | None) -> str:
    return "–" if months is None else age_in_words(months)


@admin.register(Offering)
class OfferingAdmin(
    InWordsForReaders,
    OfferingPreview,
    TodayActions,
    TodayPage,
    SeriesPages,
    FormPage,
    VersionedAdmin,
):
    """Offers, in the order people think: what, for whom, when, where, what it costs,
    how to take part, then the other languages.
    """

    owner_path = "provider"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "add", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    # Only whoever changes something says why.
    written_only = {"reason", PLACES_STILL}
    in_words = {
        "target_groups": (names_of(TargetGroup), _("for whom")),
        "languages": (names_of(SpokenLanguage), _("languages of the offer")),
        QUALITY_AREAS: (
            names_of(QualityArea),
            _("areas of the quality profile of family centres"),
        ),
        "age_min_months": (age_or_dash, _("from age")),
        "age_max_months": (age_or_dash, _("up to age")),
    }
    form = OfferingForm
    action_form = ReasonActionForm
    actions = ["publish", "archive", "mark_full", "mark_free", "cancel_next"]
    list_display = [
        "title_de",
        "state",
        "provider",
        "next_date",
        "places_left",
        "as_of",
        "is_sample",
    ]
    list_filter = ["state", "is_sample", "format", "is_free", ("as_of", YearFilter)]
    provider_list_filter = ("state", "places_left")
    list_select_related = ["provider"]
    search_fields = ["title_de"]
    search_help_text = _("Words of the German title")
    autocomplete_fields = ["provider", "places", "successor"]
    formfield_overrides = {**OwnEntriesAdmin.formfield_overrides, **NATIVE_INPUTS}
    inlines = [
        ScheduleInline,
        CostOptionInline,
        OfferingPictureInline,
        OfferingFlyerInline,
    ]
    readonly_fields = ["slug", "is_sample"]
    provider_readonly_fields = (
        "source_title",
        "source_url",
        "source_quote",
        "licence",
    )
    fieldsets = FIELDSETS

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        """Room for what is written: a wide title, lines for sentences."""
        if db_field.name.startswith("title_"):
            options["widget"] = AdminTextInputWidget({"class": "vLargeTextField"})
        elif db_field.name.startswith(("summary_", "next_step_")):
            options["widget"] = AdminTextareaWidget({"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.display(description=_("Next date"), ordering="next_start")
    def next_date(self, offering: Offering) -> str:
        if offering.next_start is None:
            return ""
        return date_format(localtime(offering.next_start), "SHORT_DATETIME_FORMAT")

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, offerings: QuerySet) -> None:
        self._change_state(request, offerings, Offering.State.PUBLISHED)

    @admin.action(description=_("Archive (say why)"), permissions=["change"])
    def archive(self, request: HttpRequest, offerings: QuerySet) -> None:
        if not request.POST.get("reason", "").strip():
            self.message_user(
                request,
                _("Please say why, for the provider is told."),
                messages.ERROR,
            )
            return
        self._change_state(request, offerings, Offering.State.ARCHIVED)

    def _change_state(
        self, request: HttpRequest, offerings: QuerySet, state: str
    ) -> None:
        reason = request.POST.get("reason", "").strip()[:300]
        chosen = offerings.count()
        if state == Offering.State.PUBLISHED:
            offerings = self.publishable(request, offerings)
        changed = actions.change_state(
            offerings, state=state, reason=reason, by=request.user
        )
        for offering in changed:
            self.log_change(request, offering, _log_text(offering, reason))
        if not changed and offerings.count() < chosen:
            # What waits was said already.
            return
        text = ngettext(
            "%(number)s offer changed.", "%(number)s offers changed.", len(changed)
        ) % {"number": len(changed)}
        self.message_user(request, text, messages.SUCCESS)

    def save_model(
        self, request: HttpRequest, obj: Offering, form: Any, change: bool
    ) -> None:
        if obj.provider and obj.provider.is_sample:
            obj.is_sample = True
        if not obj.slug:
            obj.slug = free_slug(Offering, obj.title_de, "angebot")
        super().save_model(request, obj, form, change)
        if form.hides:
            actions.tell_provider(
                obj, reason=form.cleaned_data["reason"], by=request.user
            )

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        actions.reindex([form.instance.pk])

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The reason stands in the history."""
        message = super().construct_change_message(request, form, formsets, add)
        if form.hides or form.archives:
            return _log_text(form.instance, form.cleaned_data["reason"])
        return message

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Offers are archived, never deleted."""
        return False


def _log_text(offering: Offering, reason: str) -> str:
    return " – ".join(filter(None, [str(offering.get_state_display()), reason]))
