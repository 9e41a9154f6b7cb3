"""Writing facts of the project's data files into the database, without ever undoing
what people changed there.

A kind of entry (schools, offers, …) is written on its first start only. Later new
facts come by an update, which creates what is new and changes a field only where it
still holds what was written last (`SeedRecord`). Deleted entries stay deleted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import override

from herne_bildung.city.models import SeedRecord, Sourced, Translated
from herne_bildung.city.versions import begin, has_history
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.translation_state import CURRENT, mark_current, state_of

EMPTY = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a data file. `values` are its facts by model field, translated
    ones by column (`title_de`); `initial` is written on creation only. Relations to
    several are lists of instances, empty ones included.
    """

    key: str
    values: Mapping[str, Any]
    initial: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the report. `action` is "new", "changed" or "kept"."""

    action: str
    kind: str
    key: str
    detail: str = ""

    def __str__(self) -> str:
        action = {"new": "neu", "changed": "geändert", "kept": "behalten"}[self.action]
        return f"{action}: {self.kind} {self.key}" + (
            f" ({self.detail})" * bool(self.detail)
        )


class Seeding:
    """One run. Without `may_update`, kinds that were ever written are left alone."""

    def __init__(self, *, may_update: bool = False) -> None:
        self.may_update = may_update
        self.notes: list[Note] = []
        self.touched: dict[type[models.Model], set[int]] = {}
        self._records = {(row.kind, row.key): row for row in SeedRecord.objects.all()}
        self._known = {kind for kind, _ in self._records}
        self._found: dict[tuple[str, str], models.Model | None] = {}

    def writes(self, model: type[models.Model]) -> bool:
        """Whether entries of this model are written in this run."""
        return self.may_update or kind_of(model) not in self._known

    def sow(
        self,
        model: type[models.Model],
        entries: Iterable[Entry],
        *,
        natural: Sequence[str] = (),
        is_closed: Callable[[Any], bool] = lambda _: False,
    ) -> None:
        """Write entries of one model. An entry that others made, known by the
        `natural` fields, is left to them, and so is one that `is_closed`.
        """
        if not self.writes(model):
            return
        with override(DEFAULT_LANGUAGE):
            for entry in entries:
                self._sow_one(model, entry, natural, is_closed)

    def _sow_one(
        self,
        model: type[models.Model],
        entry: Entry,
        natural: Sequence[str],
        is_closed: Callable[[Any], bool],
    ) -> None:
        kind = kind_of(model)
        record = self._records.get((kind, entry.key))
        if record is None:
            given = {**entry.values, **entry.initial}
            known_by = {name: given[name] for name in natural}
            if natural and model._default_manager.filter(**known_by).exists():
                self._note("kept", model, entry.key, "von Hand angelegt")
            else:
                self._create(model, entry)
                self._note("new", model, entry.key)
            return
        found = model._default_manager.filter(pk=record.object_id).first()
        if found is None:
            self._note("kept", model, entry.key, "hier gelöscht")
        elif is_closed(found):
            self._note("kept", model, entry.key, "hier archiviert")
        else:
            self._update(found, entry, record)

    def _create(self, model: type[models.Model], entry: Entry) -> None:
        made = model()
        if isinstance(made, Sourced):
            made.seed_key = entry.key
        _write(made, {**entry.values, **entry.initial}, entry.values)
        self._remember(made, entry.key, entry.values)

    def _remember(
        self, made: models.Model, key: str, values: Mapping[str, Any]
    ) -> None:
        kind = kind_of(type(made))
        self.touched.setdefault(type(made), set()).add(made.pk)
        self._found[kind, key] = made
        self._records[kind, key] = SeedRecord.objects.create(
            kind=kind,
            key=key,
            object_id=made.pk,
            values={name: _plain(value) for name, value in values.items()},
        )

    def _update(self, found: models.Model, entry: Entry, record: SeedRecord) -> None:
        changed, edited = {}, []
        for name, value in entry.values.items():
            present, wanted = _present(found, name), _plain(value)
            if _same(present, wanted):
                continue
            if _same(present, record.values.get(name, _default(found, name))):
                changed[name] = value
            else:
                edited.append(name)
        if changed:
            if has_history(type(found)):
                begin([found])
            _write(found, changed, entry.values)
            record.values |= {name: _plain(value) for name, value in changed.items()}
            record.save()
            self.touched.setdefault(type(found), set()).add(found.pk)
            self._note("changed", type(found), entry.key, ", ".join(sorted(changed)))
        if edited:
            detail = "hier bearbeitet: " + ", ".join(sorted(edited))
            self._note("kept", type(found), entry.key, detail)

    def knows(self, model: type[models.Model], key: str) -> bool:
        """Whether an entry was ever written for this key, also if it is gone."""
        return (kind_of(model), key) in self._records

    def holds(
        self, model: type[models.Model], key: str, values: Mapping[str, Any]
    ) -> bool:
        """Whether these are the values that were written last."""
        return self._records[kind_of(model), key].values == values

    def remember(self, made: models.Model, key: str, values: Mapping[str, Any]) -> None:
        """Note an entry that an action of its app wrote, and what it was made of."""
        self._remember(made, key, values)
        self._note("new", type(made), key)

    def leave(self, model: type[models.Model], key: str, reason: str) -> None:
        """Note that an entry cannot be written, and why."""
        if self.writes(model):
            self._note("kept", model, key, reason)

    def find(self, model: type[models.Model], key: str | None) -> Any | None:
        """The entry written for a key; None where it is gone or was never written."""
        if key is None:
            return None
        place = (kind_of(model), key)
        record = self._records.get(place)
        if record and place not in self._found:
            self._found[place] = model._default_manager.filter(
                pk=record.object_id
            ).first()
        return self._found.get(place)

    def find_all(self, model: type[models.Model], keys: Iterable[str]) -> list[Any]:
        """The entries written for these keys, without those that are gone."""
        return [found for key in keys if (found := self.find(model, key))]

    def _note(
        self, action: str, model: type[models.Model], key: str, detail: str = ""
    ) -> None:
        with override(DEFAULT_LANGUAGE):
            kind = str(model._meta.verbose_name)
        self.notes.append(Note(action, kind, key, detail))


def kind_of(model: type[models.Model]) -> str:
    """The kind under which entries of a model are recorded."""
    return model._meta.label_lower


def parents_first(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with `key` and `parent`, each after its parent; ValueError in a circle."""
    waiting, ordered, placed = list(rows), [], {None}
    while waiting:
        ready = [row for row in waiting if row["parent"] in placed]
        if not ready:
            keys = ", ".join(row["key"] for row in waiting)
            raise ValueError(f"No parent, or a circle of parents: {keys}")
        ordered += ready
        placed |= {row["key"] for row in ready}
        waiting = [row for row in waiting if row["key"] not in placed]
    return ordered


def columns(field_name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by language as values of the columns of a translated field."""
    return {
        f"{field_name}_{BY_CODE[language].column}": text
        for language, text in texts.items()
    }


def source_values(source: Mapping[str, Any]) -> dict[str, str]:
    """The fields of `Sourced` for a source with title, date and quotation."""
    day = source.get("date") or ""
    if len(day) == 10:
        day = "{2}.{1}.{0}".format(*day.split("-"))
    return {
        "source_title": ", ".join(filter(None, [source["title"], day])),
        "source_quote": source.get("quote") or "",
    }


def _write(
    target: models.Model, values: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    several = {f.name for f in target._meta.many_to_many}
    for name, value in values.items():
        if name not in several:
            setattr(target, name, value)
    _mark_translations(target, facts)
    target.save()
    for name, value in values.items():
        if name in several:
            getattr(target, name).set(value)


def _mark_translations(target: models.Model, values: Mapping[str, Any]) -> None:
    """Note for texts as the data file has them that they belong to its German text;
    none of them has been reviewed by a native speaker.
    """
    if not isinstance(target, Translated):
        return
    for name in values:
        if not name.endswith(f"_{DEFAULT_LANGUAGE}"):
            continue
        base = name.removesuffix(f"_{DEFAULT_LANGUAGE}")
        if getattr(target, name) != values[name]:
            continue
        for language in LANGUAGES:
            column = f"{base}_{language.column}"
            given = values.get(column)
            if column == name or not given or getattr(target, column) != given:
                continue
            if state_of(target, base, language.code).state != CURRENT:
                mark_current(target, base, language.code, is_machine_made=True)


def _present(target: models.Model, name: str) -> Any:
    if target._meta.get_field(name).many_to_many:
        return sorted(getattr(target, name).values_list("pk", flat=True))
    return _plain(getattr(target, name))


def _default(target: models.Model, name: str) -> Any:
    """What a field holds that nothing was ever written to."""
    model_field = target._meta.get_field(name)
    return [] if model_field.many_to_many else _plain(model_field.get_default())


def _plain(value: Any) -> Any:
    """A value as JSON holds it; entries by their id."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list) and value and isinstance(value[0], models.Model):
        return sorted(entry.pk for entry in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _same(one: Any, other: Any) -> bool:
    return one == other or (_is_empty(one) and _is_empty(other))


def _is_empty(value: Any) -> bool:
    return any(value is empty or value == empty for empty in EMPTY)
