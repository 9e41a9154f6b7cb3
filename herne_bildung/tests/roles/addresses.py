"""Every address under /verwaltung/, found by walking the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from herne_bildung.city.admin.people import PersonAdmin
from herne_bildung.city.admin.rows import RowRights
from herne_bildung.tests.roles.things import (
    FURTHER,
    MODEL_OF,
    PARTS,
    Things,
    parts_of,
)

PREFIX = "verwaltung/"
OWN, FOREIGN, ANY = "own", "foreign", "-"
METHODS = ("GET", "POST")
READ_ONLY = ("_history", "_compare")


@dataclass(frozen=True)
class Address:
    """A named address; `parts` are the names of its variable parts."""

    name: str
    parts: tuple[str, ...]

    @property
    def model(self) -> type[Model] | None:
        """The model whose entry the address names, if it names one."""
        if self.name in MODEL_OF:
            return MODEL_OF[self.name]
        if not self.name.startswith("admin:"):
            return None
        for model in admin.site._registry:
            label = model._meta.label_lower.replace(".", "_")
            if self.name.startswith(f"admin:{label}_"):
                return model
        return None


@dataclass(frozen=True)
class Request:
    """A line of the table."""

    address: str
    whose: str
    method: str
    path: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.address, self.whose, self.method


def patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """(name with its namespace, route, pattern) of each address."""
    yield from _leaves(get_resolver(), "", "")


def _leaves(resolver: Any, route: str, namespace: str) -> Iterator[tuple]:
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if not (path.startswith(PREFIX) or PREFIX.startswith(path)):
            continue
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _leaves(entry, path, inner)
        elif path.startswith(PREFIX):
            yield f"{namespace}{entry.name or ''}", path, entry


def addresses() -> list[Address]:
    """Named addresses. Without name are those that only lead on to another: to the
    page of an entry, and the last one, which adds a slash.
    """
    found = {}
    for name, _route, pattern in patterns():
        if name and not name.endswith(":"):
            regex = pattern.pattern.regex
            parts = tuple(pattern.pattern.converters) or tuple(regex.groupindex)
            found.setdefault(name, Address(name, parts))
    return list(found.values())


class Unknown(LookupError):
    """An address nobody described yet."""


def requests(own: Things, foreign: Things, shared: dict[str, Model]) -> list[Request]:
    """Every line of the table, in the order of the addresses. Unknown, with all that
    is missing.
    """
    found, missing = [], []
    for address in sorted(addresses(), key=lambda one: one.name):
        try:
            for whose, parts in _parts(address, own, foreign, shared):
                path = reverse(address.name, kwargs=parts)
                methods = METHODS[:1] if _is_read(address) else METHODS
                found += [Request(address.name, whose, one, path) for one in methods]
        except Unknown as unknown:
            missing.append(str(unknown))
    if missing:
        raise Unknown("The test of roles needs an example. " + "; ".join(missing))
    return found


def _is_read(address: Address) -> bool:
    """Whether GET says it all: what only shows, and tables of packages."""
    if address.name.endswith(READ_ONLY):
        return True
    known = admin.site._registry.get(address.model) if address.model else None
    return known is not None and not isinstance(known, RowRights | PersonAdmin)


def _parts(
    address: Address, own: Things, foreign: Things, shared: dict[str, Model]
) -> Iterator[tuple[str, dict[str, Any]]]:
    model = address.model
    if not address.parts or address.name in PARTS:
        yield ANY, PARTS.get(address.name, {})
    elif address.name.endswith("_export"):
        yield ANY, dict.fromkeys(address.parts, "csv")
    elif model is None:
        if not parts_of(address.name, own):
            said = ", ".join(address.parts)
            raise Unknown(f"{address.name}: in things.py, its parts ({said})")
        yield OWN, parts_of(address.name, own)
        yield FOREIGN, parts_of(address.name, foreign)
    else:
        label, (part, *further) = model._meta.label_lower, address.parts
        more = {name: FURTHER[name] for name in further}
        if label in shared:
            yield ANY, {part: shared[label].pk, **more}
        elif label in own.by_model:
            yield OWN, {part: own.by_model[label].pk, **more}
            yield FOREIGN, {part: foreign.by_model[label].pk, **more}
        elif isinstance(admin.site._registry.get(model), RowRights):
            raise Unknown(f"{address.name}: in things.py, one {label}")
        else:
            # Tables of packages, for superusers only: no entry of that number.
            yield ANY, {part: 0, **more}
