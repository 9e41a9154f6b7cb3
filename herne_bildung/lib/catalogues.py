"""The catalogues of interface strings: what the code says, and what is translated.

Strings are collected with Babel, because Django's own `makemessages` needs the GNU
gettext programs, which a fresh machine lacks. Templates are first turned into
Python-like text by Django's `templatize`.
"""

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CODE = ("herne_bildung", "offerings", "counselling", "goals", "monitoring")
LEFT_OUT = {"tests", "migrations", "node_modules"}
# Templates whose strings count; files with these endings under any templates folder.
TEMPLATE_ENDINGS = (".html", ".txt", ".xml", ".svg")

ONE_OTHER = "nplurals=2; plural=(n != 1);"
EAST_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
# By name of the catalogue's folder; the rules of GNU gettext.
PLURAL_FORMS: dict[str, str] = {
    "de": ONE_OTHER,
    "de_Simple": ONE_OTHER,
    "en": ONE_OTHER,
    "tr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    ),
    "uk": EAST_SLAVIC,
    "ru": EAST_SLAVIC,
    "pl": (
        "nplurals=3; plural=(n==1 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
    "ro": ("nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>=1 && n%100<=19) ? 1 : 2);"),
    "bg": ONE_OTHER,
}
SOURCE_LANGUAGE = "en"


class Key(NamedTuple):
    """What tells two entries apart: the context and the English text or texts."""

    context: str
    texts: tuple[str, ...]


class Changes(NamedTuple):
    """What `update` did to a catalogue, in numbers of entries."""

    added: int
    gone: int
    missing: int


def key_of(message: Message) -> Key:
    texts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    return Key(message.context or "", texts)


def source_files(root: Path) -> Iterator[Path]:
    """Every Python file and template whose strings people may read, in order."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if LEFT_OUT.isdisjoint(path.relative_to(root).parts):
                yield path
    for path in sorted(root.rglob("templates/**/*")):
        hidden = any(
            part.startswith(".") or part in {"var", *LEFT_OUT}
            for part in path.relative_to(root).parts
        )
        if not hidden and path.suffix in TEMPLATE_ENDINGS:
            yield path


def collect(root: Path, paths: Iterable[Path] | None = None) -> Catalog:
    """All strings of the code, each with the files it stands in (no line numbers)."""
    catalog = Catalog(charset="utf-8")
    for path in source_files(root) if paths is None else paths:
        name = path.relative_to(root).as_posix()
        for text, context, comments in strings_of(path):
            catalog.add(
                text,
                locations=[(name, 0)],
                auto_comments=comments,
                context=context or None,
            )
    return catalog


def strings_of(path: Path) -> Iterator[tuple[str | tuple[str, str], str, list[str]]]:
    """(text or (singular, plural), context, comments) for each string of a file.

    Calls whose text is no literal are passed over. ValueError names a broken template.
    """
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = python_of_template(source, path)
    found = extract_python(
        io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
    )
    for _, function, arguments, comments in found:
        texts = [arguments] if isinstance(arguments, str) else list(arguments or ())
        context = texts.pop(0) if texts and "pgettext" in function else ""
        count = 2 if function.startswith("n") else 1
        texts = texts[:count]
        if len(texts) == count and all(texts):
            yield texts[0] if count == 1 else tuple(texts), context or "", comments


def python_of_template(source: str, path: Path) -> str:
    """Only the gettext calls of a template; the rest of it becomes plain names."""
    try:
        lines = templatize(source, origin=str(path)).splitlines()
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error
    return "\n".join(line.strip() for line in lines)


def header(folder: str) -> str:
    """The head of a catalogue, without dates or names of programs."""
    return (
        f"# Interface strings of the portal in {folder}.\n"
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {folder}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[folder]}\\n"\n\n'
    )


def read(path: Path) -> Catalog:
    """A catalogue from its file; one with only a head where there is none yet."""
    content = path.read_bytes() if path.exists() else header(path.parts[-3]).encode()
    return read_po(io.BytesIO(content), charset="utf-8", abort_invalid=True)


def update(path: Path, collected: Catalog, *, drop_obsolete: bool = False) -> Changes:
    """Bring a catalogue up to the collected strings; translations stay.

    A string that left the code is kept behind `#~` and comes back with it, until it
    is dropped on demand. Nothing is guessed from similar strings. English texts are
    their own translation.
    """
    former = read(path)
    before = messages(former)
    kept = {key_of(message): message for message in former.obsolete.values()} | before
    catalog = read_po(io.BytesIO(header(path.parts[-3]).encode()), charset="utf-8")
    for key, message in messages(collected).items():
        new = message.clone()
        if old := kept.pop(key, None):
            new.string, new.user_comments = old.string, old.user_comments
            new.flags |= old.flags & {"fuzzy"}
        if path.parts[-3] == SOURCE_LANGUAGE and not is_complete(new):
            new.string = new.id
        catalog[new.id] = new
    if not drop_obsolete:
        translated = [entry for entry in kept.values() if is_complete(entry)]
        catalog.obsolete.update((entry.id, entry) for entry in translated)
    write(path, catalog)
    after = messages(catalog)
    missing = sum(not is_complete(message) for message in after.values())
    return Changes(len(after.keys() - before), len(before.keys() - after), missing)


def messages(catalog: Catalog) -> dict[Key, Message]:
    """The entries of a catalogue but for its head."""
    return {key_of(message): message for message in catalog if message.id}


def is_complete(message: Message) -> bool:
    """Whether every form has a text."""
    if isinstance(message.string, str):
        return bool(message.string)
    return bool(message.string) and all(message.string)


def write(path: Path, catalog: Catalog) -> None:
    """Write the file whole or not at all, sorted, so that changes stay small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(header(path.parts[-3]).encode())
        write_po(
            file,
            catalog,
            width=88,
            omit_header=True,
            sort_output=True,
            include_lineno=False,
        )
    Path(file.name).chmod(0o644)
    shutil.move(file.name, path)


def paths(root: Path) -> dict[str, Path]:
    """The catalogue of each language, by folder name."""
    locale = root / "herne_bildung" / "locale"
    return {
        folder: locale / folder / "LC_MESSAGES" / "django.po" for folder in PLURAL_FORMS
    }
