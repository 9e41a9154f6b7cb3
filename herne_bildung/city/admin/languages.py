"""Languages in forms: a section for each, which says how its texts stand.

Sections stand below each other; static/js/admin-languages.js makes tabs of them.
Beside each field to translate stands the German text. Someone who looked at an
outdated or unread translation says with one tick that it is right.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms import BaseForm, Widget
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from herne_bildung.city.models import Translated
from herne_bildung.lib.languages import (
    BY_CODE,
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Language,
)
from herne_bildung.lib.translation_state import (
    CURRENT,
    MISSING,
    OUTDATED,
    TranslationState,
    mark_current,
    state_of,
)

UNREVIEWED = "unreviewed"
# After the name of a column: a tick that says the translation is right.
IS_RIGHT = "_is_right"
BY_CLASS = {f"language-{language.code}": language for language in LANGUAGES}
OTHERS = [one for one in LANGUAGES if one.code != DEFAULT_LANGUAGE]
LABEL_OF_TABS = gettext_lazy("Languages")


def language_fieldsets(*fields: str) -> list[tuple[str, dict[str, Any]]]:
    """A section for each language naming its columns; all but German folded."""
    return [
        (
            language.native_name,
            {
                "fields": [f"{name}_{language.column}" for name in fields],
                "classes": []
                if language.code == DEFAULT_LANGUAGE
                else ["language", f"language-{language.code}", "collapse"],
            },
        )
        for language in LANGUAGES
    ]


def kind_of(state: TranslationState) -> str:
    """One word for how a translation stands, for classes of the page."""
    if state.state in {MISSING, OUTDATED}:
        return state.state
    return CURRENT if state.is_reviewed else UNREVIEWED


def in_words(state: TranslationState) -> str:
    """The same for people."""
    kind = kind_of(state)
    if kind == UNREVIEWED and state.is_machine_made:
        return _("by a machine, not checked")
    return {
        MISSING: pgettext("translation", "missing"),
        OUTDATED: _("German text has changed"),
        UNREVIEWED: _("not checked"),
        CURRENT: pgettext("translation", "up to date"),
    }[kind]


def state_of_language(
    entry: Model, fields: Iterable[str], language: Language
) -> tuple[str, str]:
    """How the texts of an entry stand in a language: kind and words. The worst one
    counts; texts that are empty in German, too, do not. Empty where nothing is to do.
    """
    states = [
        state_of(entry, field, language.code)
        for field in fields
        if getattr(entry, f"{field}_{DEFAULT_LANGUAGE}")
        or getattr(entry, f"{field}_{language.column}")
    ]
    if not states:
        return "", ""
    missing = [one for one in states if one.state == MISSING]
    if len(missing) == len(states):
        return MISSING, in_words(missing[0])
    for state in states:
        if kind_of(state) == OUTDATED:
            return OUTDATED, in_words(state)
    if missing:
        return MISSING, _("partly missing")
    unread = [one for one in states if not one.is_reviewed]
    machine_made = [one for one in unread if one.is_machine_made]
    worst = (machine_made or unread or states)[0]
    return kind_of(worst), in_words(worst)


class LanguageTabs:
    """Sections by language with their states; for admin classes."""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not issubclass(self.model, Translated):
            return fieldsets
        return [
            (_heading(title, options, obj), options) for title, options in fieldsets
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        _show_german(context["adminform"].form)
        for formset in context["inline_admin_formsets"]:
            for form in formset.formset.forms:
                _show_german(form)
        context["language_tabs"] = LABEL_OF_TABS
        return super().render_change_form(request, context, *args, **options)

    def save_model(
        self, request: HttpRequest, obj: Model, form: Any, change: bool
    ) -> None:
        if isinstance(obj, Translated):
            note_translations(obj, _written(form))
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Texts of what is edited along, as the words of a picture."""
        for one in formset.forms:
            if isinstance(one.instance, Translated) and one.is_valid():
                note_translations(one.instance, _written(one))
        super().save_formset(request, form, formset, change)


def note_translations(entry: Translated, written: Iterable[str]) -> None:
    """A person wrote these columns, or said they are right: they fit today's German
    text.
    """
    columns = set(written)
    for language in OTHERS:
        suffix = f"_{language.column}"
        for column in columns:
            field = column.removesuffix(suffix)
            if f"{field}{suffix}" != column or not _is_column(entry, field):
                continue
            if getattr(entry, column):
                mark_current(entry, field, language.code, is_reviewed=True)
            else:
                entry.translation_state.get(language.code, {}).pop(field, None)


class TranslatedText(Widget):
    """A field to translate, with the German text beside it."""

    def __init__(self, text: Widget, **shown: Any) -> None:
        super().__init__()
        self.text, self.shown = text, shown

    @property
    def needs_multipart_form(self) -> bool:
        return self.text.needs_multipart_form

    def id_for_label(self, id_: str) -> str:
        return self.text.id_for_label(id_)

    def use_required_attribute(self, initial: Any) -> bool:
        return self.text.use_required_attribute(initial)

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        language, german_id = self.shown["language"], f"{attrs.get('id', name)}_german"
        described = filter(None, [attrs.get("aria-describedby"), german_id])
        attrs = {
            **attrs,
            **language.marks,
            "aria-describedby": " ".join(described),
        }
        context = {
            **self.shown,
            "widget": self.text.render(name, value, attrs, renderer),
            "german_id": german_id,
            "is_right": f"{name}{IS_RIGHT}",
        }
        return render_to_string("admin/languages/field.html", context)


def _heading(title: Any, options: dict[str, Any], entry: Model | None) -> Any:
    """The name of a language in itself, with the state of its texts."""
    language = next(
        (BY_CLASS[one] for one in options.get("classes", ()) if one in BY_CLASS), None
    )
    if language is None:
        return title
    name = format_html('<bdi lang="{}">{}</bdi>', language.code, language.native_name)
    if entry is None:
        return name
    suffix = f"_{language.column}"
    fields = [
        column.removesuffix(suffix)
        for column in flatten_fieldsets([(None, options)])
        if column.endswith(suffix)
    ]
    kind, words = state_of_language(entry, fields, language)
    if not kind:
        return name
    return format_html(
        '{} <span class="language-state language-state--{}">{}</span>',
        name,
        kind,
        words,
    )


def _show_german(form: BaseForm) -> None:
    entry = getattr(form, "instance", None)
    if not isinstance(entry, Translated):
        return
    german_suffix = f"_{DEFAULT_LANGUAGE}"
    for name, field in form.fields.items():
        is_german = name.endswith(german_suffix)
        if is_german and _is_column(entry, name.removesuffix(german_suffix)):
            field.widget.attrs |= BY_CODE[DEFAULT_LANGUAGE].marks
    for language in OTHERS:
        for column in [one for one in form.fields if one.endswith(language.column)]:
            field = column.removesuffix(f"_{language.column}")
            if not _is_column(entry, field) or column == field:
                continue
            german, widget = f"{field}_{DEFAULT_LANGUAGE}", form.fields[column].widget
            if isinstance(widget, TranslatedText):
                continue
            state = state_of(entry, field, language.code)
            is_typed = form.is_bound and german in form.fields
            form.fields[column].widget = TranslatedText(
                widget,
                language=language,
                german=(form[german].value() if is_typed else getattr(entry, german)),
                german_field=(
                    form[german].id_for_label if german in form.fields else ""
                ),
                kind=kind_of(state),
                state=in_words(state),
                can_be_right=kind_of(state) in {OUTDATED, UNREVIEWED},
            )


def _written(form: Any) -> list[str]:
    """Columns that were changed, and those said to be right."""
    ticked = [
        name
        for name in form.fields
        if f"{form.add_prefix(name)}{IS_RIGHT}" in form.data
    ]
    return [*form.changed_data, *ticked]


def _is_column(entry: Model, field: str) -> bool:
    try:
        found = entry._meta.get_field(f"{field}_{DEFAULT_LANGUAGE}")
    except FieldDoesNotExist:
        return False
    return getattr(found, "translated_field", None) is not None
