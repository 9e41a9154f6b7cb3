"""Council papers: what was decided, and what it orders."""

import hashlib
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    SOURCE,
    GoalsInline,
    VersionedGoalsAdmin,
)
from goals.admin.tree import Branch, Row, TreeAdmin, form_path, who
from goals.models import Consultation, CouncilPaper, Mandate, PaperFile
from goals.papers.mandates import make_mandates, suggestions
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.pages import show, words_of

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "summary")
TITLE, SUMMARY = GERMAN[1]["fields"]


class ConsultationInline(GoalsInline):
    """Which committee dealt with it, and with what result."""

    model = Consultation
    fields = ["committee", "organisation", "day", "role", "result", "order"]
    autocomplete_fields = ["organisation"]
    max_num = 40


class FileInline(GoalsInline):
    """Attachments; without an address only the name is known."""

    model = PaperFile
    fields = ["name", "url", "order"]
    max_num = 60


@admin.register(CouncilPaper)
class CouncilPaperAdmin(TreeAdmin, VersionedGoalsAdmin):
    """A paper with its consultations and attachments; its mandates stand below."""

    owner_path = "organisation"
    rights = RIGHTS
    german_needed = ("title_de",)
    list_display = ["__str__", "dated", "state", "mandate_count", "origin"]
    list_filter = [
        "state",
        "year",
        "oparl_deleted",
        ("oparl_source", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["oparl_source"]
    search_fields = ["written_number", "title_de"]
    search_help_text = gettext_lazy("Number, or words of the title")
    autocomplete_fields = ["organisation", "goals"]
    readonly_fields = ["origin"]
    inlines = [ConsultationInline, FileInline]
    fieldsets = [
        (
            gettext_lazy("What is it?"),
            {
                "fields": [
                    ("year", "number"),
                    TITLE,
                    SUMMARY,
                    ("paper_type", "dated"),
                    ("lead", "organisation"),
                    "costs",
                    "website",
                    "origin",
                ]
            },
        ),
        (gettext_lazy("What was passed?"), {"fields": ["resolution"]}),
        (gettext_lazy("Where does it belong?"), {"fields": ["goals"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("mandates"))
    def mandate_count(self, paper: CouncilPaper) -> int:
        return len(paper.mandates.all())

    @admin.display(description=gettext_lazy("from the council's system"))
    def origin(self, paper: CouncilPaper) -> str:
        if not paper.oparl_id:
            return _("entered here")
        name = str(paper.oparl_source or paper.oparl_id)
        if paper.oparl_deleted:
            return _("%(name)s, deleted there") % {"name": name}
        return name

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("mandates")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Reference numbers are typed as the council writes them: "2013/0502"."""
        written = Concat(Cast("year", CharField()), Value("/"), "number")
        papers = queryset.annotate(written_number=written)
        return super().get_search_results(request, papers, search_term)

    def get_readonly_fields(
        self, request: HttpRequest, obj: CouncilPaper | None = None
    ) -> list[str]:
        """Year and number are its address, which stays once people read it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "year", "number"] if is_read else fields

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        paper = context.get("original")
        if paper and paper.resolution and self.may_edit(request, paper):
            name = _("Turn sentences of the resolution into mandates")
            context["steps"] = [(name, self._sentences_path(paper))]
        return super().render_change_form(request, context, *args, **options)

    def branches(self, request: HttpRequest, entry: CouncilPaper) -> list[Branch]:
        own = self.admin_site.get_model_admin(Mandate)
        mandates = own.get_queryset(request).filter(paper=entry)
        rows = [
            Row(
                name=mandate.task_de,
                address=form_path(mandate),
                cells=[
                    str(mandate.get_status_display()),
                    mandate.get_state_display(),
                    date_format(mandate.due_on, "SHORT_DATE_FORMAT")
                    if mandate.due_on
                    else "–",
                    who(mandate),
                ],
                is_overdue=mandate.is_late,
            )
            for mandate in mandates.select_related("organisation", "role")
        ]
        add = f"{reverse('admin:goals_mandate_add')}?paper={entry.pk}"
        return [
            Branch(
                key="mandates",
                title=_("What it orders"),
                columns=[_("Status"), _("State"), _("Due on"), _("Responsible")],
                rows=rows,
                empty=_("This paper has no mandates yet."),
                add_path=add if own.has_add_permission(request) else "",
                add_name=_("Add a mandate"),
            )
        ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sentences_view)
        name = "goals_councilpaper_sentences"
        return [path("<int:pk>/saetze/", view, name=name), *super().get_urls()]

    def _sentences_path(self, paper: CouncilPaper) -> str:
        return reverse("admin:goals_councilpaper_sentences", args=[paper.pk])

    def sentences_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every sentence of the resolution; those ticked become drafts of mandates."""
        paper = self.get_queryset(request).filter(pk=pk).first()
        if paper is None:
            raise Http404
        if not self.may_edit(request, paper):
            raise PermissionDenied
        found = suggestions(paper)
        mark = hashlib.sha256(paper.resolution.encode()).hexdigest()
        if request.method == "POST":
            if words_of(request, "mark") != mark:
                text = _("The resolution has changed meanwhile. Please look again.")
                messages.warning(request, text)
                return redirect(self._sentences_path(paper))
            ticked = set(request.POST.getlist("take"))
            chosen = [
                (one.wording, words_of(request, f"task-{one.number}"))
                for one in found
                if str(one.number) in ticked
            ]
            made = make_mandates(paper=paper, chosen=chosen, by=request.user)
            text = ngettext(
                "%(number)s mandate added as a draft.",
                "%(number)s mandates added as drafts.",
                len(made),
            )
            messages.success(request, text % {"number": len(made)})
            return redirect(f"{form_path(paper)}#mandates")
        return show(
            request,
            "admin/goals/sentences.html",
            _("Turn sentences of the resolution into mandates"),
            opts=self.opts,
            paper=paper,
            paper_path=form_path(paper),
            sentences=found,
            mark=mark,
        )
