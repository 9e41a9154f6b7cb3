"""What a kind of table is: its columns, and how its rows become entries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from herne_bildung.city.admin.base import note_translations
from herne_bildung.city.models import Translated, User
from herne_bildung.city.versions import Versioned, declared_for
from herne_bildung.city.versions.applying import apply_many
from herne_bildung.lib.language_names import said_in
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.portal.exchange.columns import (
    Column,
    FieldColumn,
    Label,
    ReferenceColumn,
)
from herne_bildung.portal.exchange.lookups import Lookups
from herne_bildung.portal.exchange.scope import Scope

Facts = dict[str, Any]
KEY = Column(
    "key",
    "Schlüssel",
    example="BEISPIEL-1",
    note=_(
        "Your own mark of this entry; it stays the same whenever you hand in the table "
        "again. Rows whose mark begins with BEISPIEL are left out."
    ),
    is_required=True,
    other_names=("key", "id", "nr", "nummer", "kennung", "own key"),
)
AS_OF = Column(
    "as_of_export",
    "Heruntergeladen am",
    note=_(
        "Only in tables you downloaded here: what was changed since then is not "
        "overwritten."
    ),
)
SPECIAL = (KEY.fact, AS_OF.fact)


class ExchangeKind:
    """A kind of entries that goes in and out as a table."""

    name: ClassVar[str]
    model: ClassVar[type[Model]]
    label: ClassVar[Label]
    is_for_providers = False
    can_archive = True
    # The kind of the freshness engine, where it looks after these entries.
    care = ""
    title = "name_de"

    def facts(self) -> Sequence[Column]:
        """The columns but the two that are no facts."""
        raise NotImplementedError

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return (KEY, *self.facts(), AS_OF)

    @cached_property
    def by_fact(self) -> dict[str, Column]:
        return {column.fact: column for column in self.columns}

    def columns_for(self, scope: Scope) -> list[Column]:
        """Those a person may see and fill in."""
        return [c for c in self.columns if scope.reads_notes or not c.is_private]

    @property
    def declared(self) -> Versioned:
        return declared_for(self.model)

    def field(self, fact: str) -> Any:
        return self.model._meta.get_field(fact)

    def entries(self, scope: Scope) -> QuerySet:
        """Those a table may be about; never samples that came otherwise."""
        raise NotImplementedError

    def owner(self, facts: Facts) -> int | None:
        """The organisation an entry with these facts belongs to."""
        return None

    def defaults(self, scope: Scope, lookups: Lookups) -> Facts:
        """Facts of a new entry whose table says nothing else."""
        return {}

    def implied(self, facts: Facts, present: Facts) -> Facts:
        """What a row means without saying it; `present` is what its entry says now."""
        return {}

    def check(self, facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
        """Facts that do not fit: (fact, sentence, other facts it is about)."""
        return ()

    def leads_back(self, entry: Model, facts: Facts) -> Iterable[tuple[str, ...]]:
        """The same for facts of an entry that name others of its kind."""
        return ()

    def in_order(self, rows: list, cell_of: Any) -> list:
        """Rows in the order in which they are written."""
        return rows

    def is_archived(self, facts: Facts) -> bool:
        return False

    def archive(self, ids: Iterable[int], *, reason: str, by: User) -> None:
        """Take entries off the site for good, without deleting them."""
        raise NotImplementedError

    # Columns that `prepare` sets.
    prepared: ClassVar[tuple[str, ...]] = ("sort_key",)

    def prepare(self, entry: Model) -> None:
        """What an entry's own `save` would set, where many are written at once."""

    def complete(self, facts: Facts) -> Facts:
        """These facts with those that go with them."""
        return facts

    def before_many(self, entries: Sequence[Model]) -> None:
        """What follows from other entries, asked once for all new ones."""

    def after_many(self, entries: Sequence[Model]) -> None:
        """What an entry's own `save` would do besides, once for all that were saved."""

    @cached_property
    def texts(self) -> set[str]:
        """Columns of translated texts, of all languages."""
        columns = self.declared.columns.items()
        return {name for name, field in columns if hasattr(field, "translated_field")}

    def note_texts(self, entry: Model, facts: Facts) -> None:
        """Translations that a table brings fit its German texts."""
        texts = [name for name in facts if name in self.texts]
        for name in texts:
            if isinstance(facts[name], str):
                setattr(entry, name, facts[name])
        note_translations(entry, texts)

    def write_many(self, chosen: Mapping[Model, Facts]) -> None:
        """Write what a table says into entries, in the caller's transaction."""
        prepared: set[str] = set()
        facts = {entry: self.complete(one) for entry, one in chosen.items()}
        for entry, one in facts.items():
            if isinstance(entry, Translated) and "translation_state" not in one:
                self.note_texts(entry, one)
                prepared.add("translation_state")
        self.put_many(facts, prepared)

    def put_many(
        self, chosen: Mapping[Model, Facts], prepared: Collection[str] = ()
    ) -> None:
        """Write exactly these facts, in the caller's transaction."""
        prepared = {*self.prepared, *prepared}
        apply_many(self.declared, chosen, prepare=self.prepare, prepared=prepared)
        self.after_many(list(chosen))

    def after(self, ids: Iterable[int]) -> None:
        """Make anew what hangs on entries, as the words of the search."""


def translated_columns(
    kind: ExchangeKind, name: str, header: str, **german: Any
) -> list[Column]:
    """A column for each language of a text, German first."""
    found = []
    for language in LANGUAGES:
        fact, called, own = f"{name}_{language.column}", header, german
        if language.code != DEFAULT_LANGUAGE:
            with override(DEFAULT_LANGUAGE):
                called = said_in(header, language.code)
            own = {"other_names": (f"{header} ({language.native_name})",)}
        found.append(FieldColumn(fact, called, field=kind.field(fact), **own))
    return found


def reference(fact: str, header: str, to: str, **more: Any) -> ReferenceColumn:
    return ReferenceColumn(fact, header, to=to, **more)
