"""Questions and answers of a draft, in all languages; of other versions to read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from counselling.admin.finder import tree_path
from counselling.models import Answer, FinderVersion, Question
from herne_bildung.city.admin import (
    OwnEntriesAdmin,
    OwnEntriesStackedInline,
    language_fieldsets,
)
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.rights import OFFICE

ALL = ("view", "add", "change", "delete")


class AnswerInline(GermanNeeded, OwnEntriesStackedInline):
    """The answers to a question; "I don't know" is always there, without a row."""

    model = Answer
    fk_name = "question"
    german_needed = ("text_de",)
    rights = {OFFICE: ALL}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("key", "order"),
                    ("next_question", "concern"),
                    "audience",
                ]
            },
        ),
        *language_fieldsets("text"),
    ]

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any):
        formset = super().get_formset(request, obj, **options)
        if "next_question" in formset.form.base_fields:
            others = Question.objects.filter(version=_version_of(obj))
            field = formset.form.base_fields["next_question"]
            field.queryset = others.exclude(pk=obj.pk) if obj else others
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return _is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)


@admin.register(Question)
class QuestionAdmin(GermanNeeded, OwnEntriesAdmin):
    """Reached from the tree of the draft; a new question joins the draft."""

    rights = {OFFICE: ALL}
    german_needed = ("text_de",)
    can_be_deleted = True
    inlines = [AnswerInline]
    list_display = ["text_de", "key", "version", "order"]
    list_filter = ["version"]
    list_select_related = ["version"]
    search_fields = ["text_de", "key"]
    fieldsets = [
        (None, {"fields": ["key", "order"]}),
        *language_fieldsets("text", "help"),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the list of lists: the tree is the way here."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and _draft() is not None

    def has_change_permission(
        self, request: HttpRequest, obj: Question | None = None
    ) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or _is_open(obj)
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Question | None = None
    ) -> bool:
        """One by one, of the draft only."""
        return (
            obj is not None
            and _is_open(obj)
            and super().has_delete_permission(request, obj)
        )

    def save_model(
        self, request: HttpRequest, obj: Question, form: Any, change: bool
    ) -> None:
        if not change:
            obj.version = _draft()
        super().save_model(request, obj, form, change)

    def response_post_save_add(
        self, request: HttpRequest, obj: Question
    ) -> HttpResponse:
        return redirect(tree_path(obj.version))

    def response_post_save_change(
        self, request: HttpRequest, obj: Question
    ) -> HttpResponse:
        return redirect(tree_path(obj.version))

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: Any
    ) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)
        draft = _draft()
        return redirect(
            tree_path(draft) if draft else "admin:counselling_finderversion_changelist"
        )


def _draft() -> FinderVersion | None:
    return FinderVersion.objects.drafts().first()


def _version_of(question: Model | None) -> FinderVersion | None:
    return question.version if question and question.pk else _draft()


def _is_open(question: Model | None) -> bool:
    """Whether it is part of the draft, or a new one, which joins it."""
    return question is None or question.pk is None or question.version.is_draft
