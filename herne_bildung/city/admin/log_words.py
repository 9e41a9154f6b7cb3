"""Details of the log (`audit.record`) in the words of people.

The log keeps what code calls things, so that it means the same for years. What is not
known here is shown as it was kept.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from herne_bildung.city.models import AuditEntry, Membership, User
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.listing import listed

# What an entry of the log is about says it already.
UNSAID = {"model"}
# Said by their value alone.
WITHOUT_NAME = {"what", "broken_off"}
KEYS = {
    "rows": gettext_lazy("rows"),
    "form": gettext_lazy("file"),
    "filters": gettext_lazy("Filters"),
    "given": pgettext_lazy("rights", "given"),
    "ended": gettext_lazy("ended"),
    "reason": gettext_lazy("reason"),
    "why": gettext_lazy("why"),
    "state": gettext_lazy("state"),
    "status": gettext_lazy("state"),
    "role": gettext_lazy("role"),
    "group": gettext_lazy("group"),
    "type": gettext_lazy("kind"),
    "kind": gettext_lazy("kind"),
    "version": gettext_lazy("version"),
    "organisation": gettext_lazy("organisation"),
    "organisations": gettext_lazy("organisations"),
    "mails": gettext_lazy("mails"),
    "what": gettext_lazy("what"),
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "waiting": gettext_lazy("changes that wait for approval"),
    "asks": gettext_lazy("new entries that wait for publication"),
    "same": gettext_lazy("unchanged"),
    "kept": gettext_lazy("changed here, stays"),
    "kept_facts": gettext_lazy("facts that stay because they were changed here"),
    "archived": gettext_lazy("archived"),
    "wrong": gettext_lazy("rows with errors"),
    "problems": gettext_lazy("What is wrong"),
    "vanished": gettext_lazy("missing in this table"),
    "known": gettext_lazy("Entries"),
    "taken_back": gettext_lazy("taken back"),
    "stay": gettext_lazy("stay, because they were changed since"),
    "broken_off": gettext_lazy("broken off"),
}
VALUES = {
    "withdrawn": gettext_lazy("invitation withdrawn"),
    "invitation accepted": gettext_lazy("invitation accepted"),
    "membership ended": gettext_lazy("looks after this no more"),
    "taken over": gettext_lazy("taken over"),
    "login closed": gettext_lazy("login closed"),
    "handed over": gettext_lazy("handed over"),
    "looks after nothing any more": gettext_lazy("looks after nothing any more"),
    "password": gettext_lazy("password"),
    "password changed": gettext_lazy("password changed"),
    "address changed": gettext_lazy("address changed"),
    "second factor": gettext_lazy("second factor"),
    "second factor added": gettext_lazy("second factor added"),
    "second factor removed": gettext_lazy("second factor removed"),
    "second factor made anew": gettext_lazy("recovery codes made anew"),
    "second factor reset": gettext_lazy("second factor reset"),
    "second factor reset by command": gettext_lazy("second factor reset"),
    "totp": gettext_lazy("App for codes"),
    "webauthn": gettext_lazy("Passkeys"),
    "recovery_codes": gettext_lazy("Recovery codes"),
    "offerings": gettext_lazy("Offers"),
    "organisations": gettext_lazy("organisations"),
    "places": gettext_lazy("places"),
    "csv": "CSV",
    "xlsx": "XLSX",
    **dict(Membership.Role.choices),
}
UNUSED_SINCE = "unused since "
# Of a list: words searched for, and what Django's lists call order and page.
OF_LISTS = {
    "q": gettext_lazy("Search"),
    "o": gettext_lazy("order"),
    "p": gettext_lazy("page"),
}


def details_in_words(entry: AuditEntry) -> str:
    """ "rows: 12, file: CSV"."""
    return ", ".join(_said(entry))


def _said(entry: AuditEntry) -> Iterator[str]:
    model = _model(entry.details.get("model") or entry.model)
    for key, value in entry.details.items():
        is_fact = key not in KEYS and _field(model, key) is not None
        if key in UNSAID or (value in ("", [], None) and not is_fact):
            continue
        name = str(KEYS.get(key) or _label(model, key) or key)
        if key == "filters":
            values = [_filter(model, str(one)) for one in value]
        else:
            several = value if isinstance(value, list) else [value]
            values = [_value(model, key, one) for one in several]
        if key == "broken_off":
            yield name
        elif key in WITHOUT_NAME:
            yield listed(values)
        else:
            yield f"{name}: {listed(values)}"


def _value(model: type[Model] | None, key: str, value: Any) -> str:
    text, field = str(value), _field(model, key)
    if key in {"given", "ended"}:
        return _right(text)
    if isinstance(field, BooleanField):
        return _("Yes") if text == "True" else _("No")
    if text.startswith(UNUSED_SINCE):
        day = parse_date(text.removeprefix(UNUSED_SINCE))
        said = date_format(day, "SHORT_DATE_FORMAT") if day else text
        return _("unused since %(day)s") % {"day": said}
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value) or VALUES.get(text) or text or "–")


def _right(text: str) -> str:
    """A right as `city.admin.people` writes it."""
    kind, _space, rest = text.partition(" ")
    if kind == "language" and rest:
        name = language_name(rest, get_language() or DEFAULT_LANGUAGE)
        return f"{_('translates into')} {name}"
    if kind in ("group", "permission") and rest:
        return f"{_(kind)} {rest}"
    if kind in Membership.Role.values and rest:
        return f"{rest} ({Membership.Role(kind).label})"
    return _label(User, text) or str(VALUES.get(text, text))


def _filter(model: type[Model] | None, name: str) -> str:
    """A filter of a list by the fact it looks at."""
    known = OF_LISTS.get(name.partition("__")[0])
    return str(known or _label(model, name.partition("__")[0]) or name)


def _label(model: type[Model] | None, name: str) -> str:
    field = _field(model, name)
    return capfirst(str(field.verbose_name)) if field is not None else ""


def _field(model: type[Model] | None, name: str) -> Any:
    """A column, or None."""
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if hasattr(found, "verbose_name") else None


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None
