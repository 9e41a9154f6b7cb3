"""Personal data: what there is, why, until when, and how it is given out or removed.

Each app says in its module `personal_data` which rows hold data of a person
(`register`). docs/personal-data.md is written from this list, a test holds both
together and finds models that nobody declared.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import autodiscover_modules

from herne_bildung.city import audit
from herne_bildung.city.models import User
from herne_bildung.lib import clock


@dataclass(frozen=True)
class Subject:
    """Whose data: a login, or someone known by an address only."""

    email: str
    user: User | None = None

    @classmethod
    def find(cls, name: str) -> "Subject":
        """The person of this username or address, as far as there is a login."""
        user = User.objects.filter(username=name).first()
        user = user or User.objects.filter(email__iexact=name).first()
        if user is None and "@" not in name:
            raise UnknownPerson(name)
        return cls(email=user.email if user else name, user=user)

    def __str__(self) -> str:
        return self.user.get_username() if self.user else self.email


class UnknownPerson(LookupError):
    """No login of this name, and it is no address."""


@dataclass(frozen=True)
class Holding:
    """Rows of one model that hold data of a person; texts are for the docs, German.

    `of` finds a person's rows; `fields` are given out. `remove` takes them away when
    the person is removed; without it the rows end with the login (foreign keys) or
    stay until their time, as `until` says.
    """

    model: type[Model]
    what: str
    why: str
    until: str
    fields: tuple[str, ...]
    of: Callable[[Subject], QuerySet]
    remove: Callable[[QuerySet], Any] | None = None


def of_login(model: type[Model], *paths: str) -> Callable[[Subject], QuerySet]:
    """For `Holding.of`: rows that name the person's login in one of these columns."""

    def rows(subject: Subject) -> QuerySet:
        wanted = Q(pk=None)
        for path in paths if subject.user else ():
            wanted |= Q(**{path: subject.user})
        return model._default_manager.filter(wanted)

    return rows


_holdings: dict[str, Holding] = {}
_cleanings: dict[str, Callable[[], Any]] = {}


def register(*holdings: Holding) -> None:
    """Declare rows that hold personal data."""
    for holding in holdings:
        _holdings[holding.model._meta.label] = holding


def register_cleaning(name: str, clean: Callable[[], Any]) -> None:
    """Declare what removes rows past their date; beat starts the same by its task."""
    _cleanings[name] = clean


def forget() -> dict[str, Any]:
    """Remove everything that is past its date. What each cleaning says it removed."""
    autodiscover_modules("personal_data")
    return {name: clean() for name, clean in sorted(_cleanings.items())}


def holdings() -> list[Holding]:
    """Everything declared, by the name of its model."""
    autodiscover_modules("personal_data")
    return [_holdings[label] for label in sorted(_holdings)]


def export(subject: Subject, *, by: User | None) -> str:
    """All that the portal knows about a person, as JSON text; the log says so."""
    found = {
        holding.model._meta.label: {
            "what": holding.what,
            "why": holding.why,
            "until": holding.until,
            "rows": list(holding.of(subject).values(*holding.fields)),
        }
        for holding in holdings()
    }
    with transaction.atomic():
        audit.record(audit.Action.PERSON_EXPORTED, by=by, about=str(subject))
    return json.dumps(
        {"person": str(subject), "given_out": clock.now(), "data": found},
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        indent=2,
    )


@transaction.atomic
def remove(subject: Subject, *, by: User | None) -> dict[str, int]:
    """Remove a person: what is only theirs goes, entries of organisations stay.

    Returns the number of rows of each kind. What the log of the portal says stays
    until its time.
    """
    removed: dict[str, int] = {}
    # The login last: the other rows are found by it.
    for holding in sorted(holdings(), key=lambda one: one.model is User):
        rows = holding.of(subject)
        if holding.remove is not None and (number := rows.count()):
            holding.remove(rows)
            removed[holding.model._meta.label] = number
    # The person's name is not repeated here: it shall be forgotten.
    audit.record(audit.Action.PERSON_REMOVED, by=by, rows=sum(removed.values()))
    return removed


def as_table(found: Iterable[Holding]) -> str:
    """The table of docs/personal-data.md."""
    lines = ["| Daten | wo | wozu | bis wann |", "|---|---|---|---|"]
    lines += [
        f"| {one.what} | `{one.model._meta.label}` | {one.why} | {one.until} |"
        for one in found
    ]
    return "\n".join(lines)
