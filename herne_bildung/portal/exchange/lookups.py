"""Entries that a cell names: by name, address on the site, number, or own key."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from herne_bildung.city.models import District, Organisation
from herne_bildung.lib.analyser import fold
from herne_bildung.portal.exchange.scope import Scope
from offerings.models import Topic

NUMBER = re.compile(r"(?:^|\s)#(\d{1,18})$")
ORGANISATION, PLACE, DISTRICT, TOPIC = "organisation", "place", "district", "topic"
# Organisations of that kind.
FAMILY_CENTRE = "family_centre"
OFFERING = "offering"
# How many of those that are meant are told.
MOST_NAMED = 5

# Kinds of tables whose entries other rows name.
NAMED = {ORGANISATION, PLACE}


class Names:
    """All entries of one kind that may be named; read once."""

    def __init__(self, rows: Iterable[tuple[int, str, Iterable[str]]]) -> None:
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.name_of: dict[int, str] = {}
        self.keys: dict[str, Any] = {}
        for pk, name, others in rows:
            self.add(pk, name, others)

    def add(self, pk: int, name: str, others: Iterable[str] = ()) -> None:
        self.name_of[pk] = name
        for one in (name, *others):
            if known := fold(one):
                self.by_name[known].add(pk)

    def find(self, text: str) -> Any:
        """The id of the entry; ValidationError where none or several are meant."""
        if text.casefold() in self.keys:
            return self.keys[text.casefold()]
        if (found := NUMBER.search(text)) and int(found[1]) in self.name_of:
            return int(found[1])
        matches = self.by_name.get(fold(text), set())
        if len(matches) == 1:
            return next(iter(matches))
        word = {"word": text[:60]}
        if matches:
            names = [self.name(pk) for pk in sorted(matches)[:MOST_NAMED]]
            word["names"] = ", ".join(f"„{name}“" for name in names)
            raise ValidationError(
                _("Several are called “%(word)s”. Please write one of: %(names)s.")
                % word
            )
        raise ValidationError(_("There is no “%(word)s” here that you may use.") % word)

    def name(self, pk: int) -> str:
        """The shortest name that leads back to it."""
        name = self.name_of.get(pk, "")
        parts_cells = any(sign in name for sign in ";|\n")
        if name and not parts_cells and len(self.by_name[fold(name)]) == 1:
            return name
        plain = re.sub(r"[;|\n]+", " ", name)
        return f"{plain} #{pk}".strip()


class Lookups:
    """What the cells of one table may name. Own keys come first."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def find(self, kind: str, text: str) -> Any:
        return self._names(kind).find(text)

    def name(self, kind: str, pk: int) -> str:
        return self._names(kind).name(pk)

    def knows(self, kind: str, pk: Any) -> bool:
        return pk in self._names(kind).name_of

    def announce(self, kind: str, key: str) -> None:
        """A row of this table makes an entry with this key: others may name it."""
        if kind not in NAMED:
            return
        self._names(kind).keys.setdefault(key.casefold(), {"key": key})

    def made(self, kind: str, key: str, pk: int, name: str) -> None:
        """The entry exists now."""
        if kind not in NAMED:
            return
        names = self._names(kind)
        names.keys[key.casefold()] = pk
        names.add(pk, name)

    def settled(self, kind: str, value: Any) -> Any:
        """The id of what was announced before; ValidationError when it never came."""
        if not isinstance(value, dict):
            return value
        found = self._names(kind).keys.get(value["key"].casefold())
        if isinstance(found, int):
            return found
        raise ValidationError(
            _("There is no “%(word)s” here that you may use.") % {"word": value["key"]}
        )

    def _names(self, kind: str) -> Names:
        return {
            ORGANISATION: lambda: self._organisations,
            PLACE: lambda: self._places,
            DISTRICT: lambda: self._districts,
            TOPIC: lambda: self._topics,
            FAMILY_CENTRE: lambda: self._family_centres,
            OFFERING: lambda: self._offerings,
        }[kind]()

    @cached_property
    def _organisations(self) -> Names:
        rows = self.scope.organisations().values_list("pk", "name_de", "slug")
        return self._with_keys(ORGANISATION, ((pk, n, [s]) for pk, n, s in rows))

    @cached_property
    def _family_centres(self) -> Names:
        found = self.scope.organisations().filter(kind=Organisation.Kind.FAMILY_CENTRE)
        rows = found.values_list("pk", "name_de", "slug")
        return self._with_keys(ORGANISATION, ((pk, n, [s]) for pk, n, s in rows))

    @cached_property
    def _places(self) -> Names:
        return self._with_keys(
            PLACE, ((row.pk, str(row), [row.name]) for row in self.scope.places())
        )

    @cached_property
    def _districts(self) -> Names:
        rows = District.objects.all()
        return Names((row.pk, str(row), [row.name, row.key]) for row in rows)

    @cached_property
    def _topics(self) -> Names:
        rows = Topic.objects.values_list("pk", "name_de", "key")
        return Names((pk, name, [key]) for pk, name, key in rows)

    @cached_property
    def _offerings(self) -> Names:
        rows = self.scope.offerings().values_list("pk", "title_de", "slug")
        return self._with_keys(OFFERING, ((pk, n, [s]) for pk, n, s in rows))

    def _with_keys(self, kind: str, rows: Iterable) -> Names:
        names = Names(rows)
        known = self.scope.records(kind).filter(is_undone=False)
        for key, pk in known.values_list("key", "object_id"):
            if pk in names.name_of:
                names.keys[key.casefold()] = pk
        return names
