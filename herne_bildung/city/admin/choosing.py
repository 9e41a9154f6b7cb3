"""The page on which a person chooses between mine, theirs and before: its values."""

import json
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from herne_bildung.city.admin import form_values
from herne_bildung.city.admin.merging import Conflict
from herne_bildung.city.admin.sending import Page
from herne_bildung.lib.localized import language_of

CHOICE = "choice:"
SEEN = "conflict_seen"


def mark_of(theirs: form_values.Values) -> str:
    """Says which values of the others a person looked at."""
    return signing.Signer(salt=SEEN).signature(_canonical(theirs))


def _canonical(values: Any) -> str:
    return json.dumps(values, sort_keys=True)


def chosen_of(data: QueryDict, seen: str) -> dict[str, str]:
    """What was chosen, if it was chosen among the values of now."""
    if data.get(SEEN) != seen:
        return {}
    return {
        key.removeprefix(CHOICE): data[key] for key in data if key.startswith(CHOICE)
    }


def label_of(page: Page, key: str) -> str:
    """What people call a field, or rows of a kind."""
    form, formsets = page
    prefix, colon, _pk = key.partition(":")
    if not colon:
        return str(form.fields[key].label)
    found = next(one for one in formsets if one.prefix == prefix)
    return str(found.model._meta.verbose_name)


def shown_conflict(page: Page, conflict: Conflict) -> dict[str, Any]:
    """A conflict in words, for the page."""
    form, formsets = page
    values = (conflict.mine, conflict.theirs, conflict.before)
    if conflict.prefix:
        found = next(one for one in formsets if one.prefix == conflict.prefix)
        sample = found.empty_form
        words = [
            _("removed") if value is None else form_values.row_in_words(sample, value)
            for value in values
        ]
        language = None
    else:
        field = form.fields[conflict.key]
        columns = {one.name: one for one in form._meta.model._meta.fields}
        language = language_of(columns.get(conflict.key))
        words = [form_values.in_words(field, value) for value in values]
    names = ("mine", "theirs", "before")
    return {
        "name": f"{CHOICE}{conflict.key}",
        "label": label_of(page, conflict.key),
        "language": language,
        **dict(zip(names, words, strict=True)),
    }
