"""What differs between snapshots: facts by their labels, values in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, FileField, ForeignKey, Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from herne_bildung.city import uploads
from herne_bildung.city.models import Picture
from herne_bildung.city.versions.declared import Versioned
from herne_bildung.city.versions.snapshots import Snapshot, is_same, python_value
from herne_bildung.lib.languages import Language
from herne_bildung.lib.localized import language_of
from herne_bildung.lib.uploads import WIDTHS
from herne_bildung.lib.word_differences import Part
from herne_bildung.lib.word_differences import differences as word_differences

# Follows from the texts.
UNSAID = {"translation_state"}


@dataclass(frozen=True)
class Difference:
    """One fact: what it said and what it says; `now` where the site says a third
    thing meanwhile. Facts of several parts have lists, others one text.
    """

    field: str
    label: str
    old: list[str]
    new: list[str]
    now: list[str] | None = None
    is_list: bool = False
    # In which the texts are; None for what is said in the reader's.
    language: Language | None = None
    # Addresses of what is shown beside the words.
    old_pictures: tuple[str, ...] = ()
    new_pictures: tuple[str, ...] = ()

    @property
    def parts(self) -> list[tuple[Part, str]]:
        """Both texts word by word."""
        return word_differences(" ".join(self.old), " ".join(self.new))

    @property
    def removed(self) -> list[str]:
        return [one for one in self.old if one not in self.new]

    @property
    def added(self) -> list[str]:
        return [one for one in self.new if one not in self.old]

    @property
    def kept(self) -> list[str]:
        return [one for one in self.new if one in self.old]


class Words:
    """Values of snapshots of one model in words; names of related entries are read
    once for all snapshots given, one query for each model.
    """

    def __init__(self, declared: Versioned, *snapshots: Mapping[str, Any]) -> None:
        self.declared = declared
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for snapshot in snapshots:
            for model, pk in self._targets(snapshot):
                wanted[model].add(pk)
        self.names = {
            model: model._base_manager.in_bulk(list(pks))
            for model, pks in wanted.items()
        }

    def _targets(self, snapshot: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
        yield from _foreign(self.declared.columns, snapshot)
        for name, field in self.declared.many.items():
            for pk in snapshot.get(name) or ():
                yield field.related_model, pk
        for relation in self.declared.relations:
            columns = self.declared.child_columns(relation)
            for row in snapshot.get(relation) or ():
                yield from _foreign(columns, row)

    def of(self, name: str, value: Any) -> list[str]:
        """One fact; nothing for what is not known."""
        declared = self.declared
        if name in declared.relations:
            return [self._row(name, row) for row in value or ()]
        if name in declared.many:
            model = declared.many[name].related_model
            return sorted(self._name(model, pk) for pk in value or ())
        field = declared.columns.get(name)
        if value is None or value in ("", [], {}):
            return []
        if name in declared.values:
            return [declared.values[name](value)]
        if field is None:
            return [str(value)]
        if isinstance(field, ForeignKey):
            return [self._name(field.related_model, value)]
        return _said(field, value)

    def _row(self, relation: str, values: Mapping[str, Any]) -> str:
        columns = self.declared.child_columns(relation)
        row = self.declared.child_model(relation)()
        for name, value in values.items():
            if (field := columns.get(name)) is None:
                continue
            if isinstance(field, ForeignKey):
                target = self.names.get(field.related_model, {}).get(value)
                setattr(row, field.name, target)
            else:
                setattr(row, name, python_value(field, value))
        return str(self.declared.relations[relation].in_words(row))

    def _name(self, model: type[Model], pk: Any) -> str:
        found = self.names.get(model, {}).get(pk)
        return str(found) if found is not None else _("no longer there")


def _foreign(
    columns: Mapping[str, Field], values: Mapping[str, Any]
) -> Iterator[tuple[Any, Any]]:
    for name, field in columns.items():
        if isinstance(field, ForeignKey) and values.get(name) is not None:
            yield field.related_model, values[name]


def _said(field: Field, value: Any) -> list[str]:
    if isinstance(field, ArrayField):
        return [text for one in value for text in _said(field.base_field, one)]
    for known, label in field.flatchoices:
        if known == value:
            return [str(label)]
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if isinstance(field, FileField):
        return [str(value).rpartition("/")[2]]
    found = python_value(field, value)
    if isinstance(found, datetime):
        return [date_format(localtime(found), "SHORT_DATETIME_FORMAT")]
    if isinstance(found, date):
        return [date_format(found, "SHORT_DATE_FORMAT")]
    if isinstance(found, time):
        return [f"{found:%H:%M}"]
    return [str(found)]


def label_of(declared: Versioned, name: str) -> str:
    """How a fact is called; translated texts with their language."""
    if name in declared.names:
        return str(capfirst(declared.names[name]))
    if name in declared.relations:
        return str(capfirst(declared.relations[name].label))
    field = declared.columns.get(name) or declared.many.get(name)
    if field is None:
        return name
    return str(capfirst(field.verbose_name))


def facts(declared: Versioned, *, with_private: bool) -> list[str]:
    """Names of all facts that are shown, in order."""
    every = [*declared.columns, *declared.many, *declared.relations]
    hidden = UNSAID if with_private else UNSAID | declared.private
    return [name for name in every if name not in hidden]


def differences(
    declared: Versioned,
    old: Snapshot,
    new: Snapshot,
    *,
    now: Snapshot | None = None,
    with_private: bool = False,
    words: Words | None = None,
) -> list[Difference]:
    """Facts that differ. `now` is what the site says where the base is outdated;
    `words` where the names of several entries were read together.
    """
    words = words or Words(declared, old, new, now or {})
    found = []
    for name in facts(declared, with_private=with_private):
        if name not in new or is_same(old.get(name), new[name]):
            continue
        said = None
        if now is not None and not is_same(now.get(name), old.get(name)):
            said = words.of(name, now.get(name))
        found.append(
            Difference(
                field=name,
                label=label_of(declared, name),
                old=words.of(name, old.get(name)),
                new=words.of(name, new[name]),
                now=said,
                is_list=_has_several(declared, name),
                language=language_of(declared.columns.get(name)),
                old_pictures=_pictures(declared, name, old.get(name)),
                new_pictures=_pictures(declared, name, new[name]),
            )
        )
    return found


def _pictures(declared: Versioned, name: str, rows: Any) -> tuple[str, ...]:
    """Addresses of the smallest sizes, of those that are still there."""
    is_child = name in declared.relations
    if not is_child or not issubclass(declared.child_model(name), Picture):
        return ()
    names = [row["file"] for row in rows or () if row.get("file")]
    return tuple(
        uploads.picture_url(one, WIDTHS[0]) for one in names if uploads.exists(one)
    )


def _has_several(declared: Versioned, name: str) -> bool:
    several = declared.many.keys() | declared.relations.keys()
    return name in several or isinstance(declared.columns[name], ArrayField)


def changed_labels(
    declared: Versioned, old: Snapshot, new: Snapshot, *, with_private: bool = False
) -> list[str]:
    """Labels of the facts that differ; no query."""
    return [
        label_of(declared, name)
        for name in facts(declared, with_private=with_private)
        if name in new and not is_same(old.get(name), new[name])
    ]


def groups_of(declared: Versioned, names: Iterable[str]) -> list[str]:
    """Names of the groups that these facts belong to, in the order of the page."""
    changed = {_base_name(declared, name) for name in names}
    return [one.name for one in declared.groups if changed.intersection(one.fields)]


def _base_name(declared: Versioned, name: str) -> str:
    original = getattr(declared.columns.get(name), "translated_field", None)
    return original.name if original is not None else name
