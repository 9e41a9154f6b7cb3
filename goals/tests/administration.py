"""Signing in to the administration, and what its forms send."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext, override

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import User
from herne_bildung.city.tests.factories import make_user


def signed_in(client, group: str, **values: Any) -> User:
    """Somebody of this group, signed in."""
    ensure_groups()
    user = make_user("", group, **values)
    client.force_login(user)
    return user


def form_of(entry: Model) -> str:
    """The address of an entry's form."""
    return reverse(f"admin:goals_{entry._meta.model_name}_change", args=[entry.pk])


def sent(page: Any, **changed: Any) -> dict[str, Any]:
    """What the form of a page would send, with some fields filled in otherwise."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {
            management.add_prefix(name): management[name].value()
            for name in management.fields
        }
        for row in formset.formset.forms:
            values |= {row.add_prefix(name): row[name].value() for name in row.fields}
    values |= changed
    return {name: value for name, value in values.items() if value is not None}


def said(text: str, /, **values: Any) -> str:
    """As the administration, which is German, says it."""
    with override("de"):
        return gettext(text) % values if values else gettext(text)
