"""In which language a text stands that a form only shows."""

from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist

from herne_bildung.lib.languages import Language
from herne_bildung.lib.localized import language_of

register = template.Library()


@register.filter
def language_of_text(shown: Any) -> Language | None:
    """Of Django's AdminReadonlyField; None where it is no text of its own language."""
    try:
        field = shown.form._meta.model._meta.get_field(shown.field["name"])
    except FieldDoesNotExist:
        return None
    return language_of(field)
