"""Which models have a history, and what of them it holds.

An app declares its models in its module `versioned`:

    register(Versioned(model=Topic, after_save=…))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

Label = str | Promise
# Written by the portal itself, or the same for ever.
NEVER_KEPT = {"created_at", "updated_at", "sort_key", "seed_key", "is_sample"}


def nothing(entry: Any) -> None:
    """For models of which nothing else is made."""


@dataclass(frozen=True)
class Child:
    """Rows that are edited with the entry, such as its prices. `in_words` says one of
    them, not saved, in the active language. Rows of which no two may be alike have no
    order of their own: they stay or go, and are never made into one another.
    """

    relation: str
    label: Label
    in_words: Callable[[Any], str] = str
    has_no_order: bool = False


@dataclass(frozen=True)
class Group:
    """Facts that readers are told a change of has been reported."""

    name: str
    label: Label
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Versioned:
    """What is kept of a model.

    `owners` gives the ids of the organisations an entry belongs to, read through the
    relations `owners_through`; `owner_field` is the column that may make it another
    one's. `state` names the
    column that says whether the public sees an entry; in `drafts`, its values in which
    nobody sees it and nothing but a person with the right puts it on the site again,
    the first being the one of new entries; `public` is the value that shows it. Without
    `state` every entry is public. `private` columns are for `rights.reads_notes`.
    `filled_in` columns belong to a fact, though no form has them. Facts `at_once` are
    public when they are said, also by those whose other changes wait.
    `values` says columns in words that people read otherwise than they are stored.
    Old versions of models that are `is_kept` stay, without the names of who made them.
    `after_save` makes anew what hangs on an entry, as its search words.
    """

    model: type[Model]
    children: tuple[Child, ...] = ()
    owner_field: str = ""
    owners: Callable[[Any], Iterable[int | None]] = lambda entry: [None]
    owners_through: tuple[str, ...] = ()
    state: str = ""
    public: str = ""
    drafts: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    never_restored: frozenset[str] = frozenset()
    filled_in: frozenset[str] = frozenset()
    at_once: tuple[str, ...] = ()
    private: frozenset[str] = frozenset({"internal_note"})
    is_kept: bool = False
    groups: tuple[Group, ...] = ()
    after_save: Callable[[Any], None] = nothing
    page_path: Callable[[Any], str] = lambda entry: ""
    names: Mapping[str, Label] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        return self.model._meta.label_lower

    @cached_property
    def columns(self) -> dict[str, Field]:
        """Own columns by name; of translated texts the column of each language."""
        return own_columns(self.model, self.left_out, self.filled_in)

    @cached_property
    def many(self) -> dict[str, Field]:
        """Relations to other entries by name."""
        return {
            found.name: found
            for found in self.model._meta.many_to_many
            if found.remote_field.through._meta.auto_created
            and found.name not in self.left_out
        }

    @cached_property
    def relations(self) -> dict[str, Child]:
        return {child.relation: child for child in self.children}

    def child_model(self, relation: str) -> type[Model]:
        return self.model._meta.get_field(relation).related_model

    def child_key(self, relation: str) -> str:
        """The column of a child that names its entry."""
        return self.model._meta.get_field(relation).field.name

    def child_columns(self, relation: str) -> dict[str, Field]:
        return self._columns_of_children[relation]

    @cached_property
    def _columns_of_children(self) -> dict[str, dict[str, Field]]:
        return {
            name: own_columns(self.child_model(name), frozenset({self.child_key(name)}))
            for name in self.relations
        }

    def is_public(self, entry: Any) -> bool:
        """Whether readers see it, or may see it again without anybody looking."""
        return not self.state or getattr(entry, self.state) not in self.drafts

    def is_public_in(self, snapshot: Mapping[str, Any]) -> bool:
        return not self.state or snapshot.get(self.state) not in self.drafts


def own_columns(
    model: type[Model],
    left_out: frozenset[str],
    filled_in: frozenset[str] = frozenset(),
) -> dict[str, Field]:
    """Columns that people fill in, and those `filled_in` with them. The one that
    modeltranslation keeps beside those of the languages repeats one of them.
    """
    every = model._meta.concrete_fields
    doubled = {
        found.translated_field.name
        for found in every
        if getattr(found, "translated_field", None) is not None
    }
    return {
        found.name: found
        for found in every
        if not found.primary_key
        and found.name not in NEVER_KEPT | doubled | left_out
        and (found.editable or found.name in {"translation_state", *filled_in})
    }


_registered: dict[type[Model], Versioned] = {}


def register(declared: Versioned) -> None:
    """Give a model a history."""
    _registered[declared.model] = declared


@cache
def _discover() -> None:
    autodiscover_modules("versioned")


def models_with_history() -> dict[str, Versioned]:
    """All declarations by the name of their model ("offerings.offering")."""
    _discover()
    return {one.name: one for one in _registered.values()}


def declared_for(entry: Model | type[Model]) -> Versioned:
    """The declaration of an entry's model; KeyError for one without history."""
    _discover()
    model = entry if isinstance(entry, type) else type(entry)
    return _registered[model._meta.concrete_model]


def has_history(model: type[Model]) -> bool:
    _discover()
    return model._meta.concrete_model in _registered
