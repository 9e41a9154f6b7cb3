from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import OwnEntriesInline, language_fieldsets
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import (
    ADVISERS,
    OFFICE,
    PROVIDERS,
    TRANSLATORS,
    sees_everything,
)
from herne_bildung.lib import clock
from herne_bildung.lib.tables import csv_lines
from offerings.centres.certificate import EARLY
from offerings.centres.coverage import coverage
from offerings.centres.embed import embed_codes
from offerings.centres.search import index_centres
from offerings.models import ConsultationHours, FamilyCentre

GERMAN, *OTHER_LANGUAGES = language_fieldsets("consultation_note")
ALL = ("view", "add", "change", "delete")
ENDED, ENDING, VALID, UNKNOWN = "ended", "ending", "valid", "unknown"


class FamilyCentreForm(ModelForm):
    """The profile of an organisation that is a family centre."""

    def clean_organisation(self) -> Organisation:
        found = self.cleaned_data["organisation"]
        if found.kind != Organisation.Kind.FAMILY_CENTRE:
            self.add_error(
                "organisation",
                gettext("Please choose “family centre” as its kind first."),
            )
        return found


class ConsultationHoursInline(OwnEntriesInline):
    """When someone is there for questions."""

    model = ConsultationHours
    rights = {
        OFFICE: ALL,
        PROVIDERS: ALL,
        ADVISERS: ("view",),
        TRANSLATORS: ("view",),
    }
    max_num = 30
    formfield_overrides = NATIVE_INPUTS


class CertificateFilter(admin.SimpleListFilter):
    """Whether the public page still says that it is certified."""

    title, parameter_name = pgettext_lazy("family centre", "certificate"), "certificate"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [
            (ENDED, _("has expired")),
            (ENDING, _("ends within six months")),
            (VALID, _("is valid for longer")),
            (UNKNOWN, _("end not known")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = clock.today()
        soon = today + EARLY.before
        wanted = {
            ENDED: Q(certificate_until__lt=today),
            ENDING: Q(certificate_until__range=(today, soon)),
            VALID: Q(certificate_until__gt=soon),
            UNKNOWN: Q(certificate_until=None),
        }
        return queryset.filter(wanted.get(self.value(), Q()))


@admin.register(FamilyCentre)
class FamilyCentreAdmin(VersionedAdmin):
    """Consultation hours for the centre's own people; certificate for staff. Name,
    contact and Kitas are those of its organisation.
    """

    form = FamilyCentreForm
    owner_path = "organisation"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    change_list_template = "admin/offerings/centre_list.html"
    list_display = ["organisation", "certificate_until", "certificate_state"]
    list_filter = [CertificateFilter]
    list_select_related = ["organisation"]
    ordering = ["organisation__sort_key"]
    search_fields = ["organisation__name_de"]
    autocomplete_fields = ["organisation"]
    formfield_overrides = NATIVE_INPUTS
    inlines = [ConsultationHoursInline]
    readonly_fields = ["kitas", "public_page", "embed_lines"]
    provider_readonly_fields = (
        "organisation",
        "certificate_from",
        "certificate_until",
    )
    fieldsets = [
        (_("family centre"), {"fields": ["organisation", "kitas", "public_page"]}),
        (_("consultation hours"), {"fields": GERMAN[1]["fields"]}),
        (
            pgettext_lazy("family centre", "certificate"),
            {"fields": [("certificate_from", "certificate_until")]},
        ),
        *OTHER_LANGUAGES,
        (
            _("On its own website"),
            {"fields": ["embed_lines"], "classes": ["collapse"]},
        ),
    ]

    @admin.display(description=pgettext_lazy("family centre", "certificate"))
    def certificate_state(self, centre: FamilyCentre) -> str:
        until, today = centre.certificate_until, clock.today()
        if until is None:
            return gettext("end not known")
        if until < today:
            return gettext("has expired")
        if until <= today + EARLY.before:
            return gettext("ends within six months")
        return gettext("is valid for longer")

    @admin.display(description=_("Kitas"))
    def kitas(self, centre: FamilyCentre) -> Any:
        """Joined in the form of the organisation, by staff."""
        if centre.pk is None:
            return gettext("Are entered with the organisation.")
        links = centre.organisation.member_links.select_related("member")
        names = ", ".join(link.member.name_de for link in links) or "–"
        page = reverse("admin:city_organisation_change", args=[centre.organisation_id])
        label = gettext("Open the organisation: name, contact, Kitas")
        return format_html('{}<br><a href="{}">{}</a>', names, page, label)

    @admin.display(description=_("public page"))
    def public_page(self, centre: FamilyCentre) -> Any:
        if centre.pk is None:
            return "–"
        page = reverse("family_centre", args=[centre.organisation.slug])
        return format_html('<a href="{}">{}</a>', page, page)

    @admin.display(description=_("line of HTML"))
    def embed_lines(self, centre: FamilyCentre) -> Any:
        """The list of its offers for its own website, by language."""
        if centre.pk is None:
            return "–"
        return format_html_join(
            "",
            "<p>{}<br><code>{}</code></p>",
            ((name, escape(code)) for name, code in embed_codes(centre)),
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: FamilyCentre | None = None
    ) -> list[str]:
        """A profile stays that of its organisation."""
        fields = super().get_readonly_fields(request, obj)
        is_new = obj is None or "organisation" in fields
        return fields if is_new else [*fields, "organisation"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and sees_everything(request.user)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        index_centres()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.coverage_view)
        name = "offerings_familycentre_coverage"
        return [path("abdeckung/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = sees_everything(request.user)
        address = reverse("admin:offerings_familycentre_coverage") if shown else ""
        context = {**(extra_context or {}), "coverage_path": address}
        return super().changelist_view(request, context)

    def coverage_view(self, request: HttpRequest) -> HttpResponse:
        """Centres by areas of the quality profile; for staff. `file=csv`: as CSV."""
        if not (self.has_view_permission(request) and sees_everything(request.user)):
            raise PermissionDenied
        found = coverage()
        if request.GET.get("file") == "csv":
            return HttpResponse(
                csv_lines(*found.file()),
                content_type="text/csv; charset=utf-8",
                headers={
                    "Content-Disposition": 'attachment; filename="familienzentren.csv"'
                },
            )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Coverage of the five areas"),
            "opts": self.opts,
            "coverage": found,
        }
        return render(request, "admin/offerings/centre_coverage.html", context)
