"""The project's templates and what leads to each, for the house rules."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from herne_bildung.tests.sources import ROOT, files, modules

ENDINGS = (".html", ".txt", ".xml", ".svg")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment .*?endcomment %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
USES = re.compile(r"""\{%-?\s*(?:include|extends|stencil)\s+["']([^"']+)["']""")
LOADS = re.compile(r"\{%\s*load\s+(.+?)\s*%\}")


@cache
def templates() -> dict[str, str]:
    """Content of every template by the name it is loaded by ("portal/home.html")."""
    found = {}
    for path, text in files(*ENDINGS):
        if "templates" in path.parts:
            after = path.parts.index("templates") + 1
            found[Path(*path.parts[after:]).as_posix()] = text
    return found


def lines_of(pattern: re.Pattern, text: str) -> Iterator[tuple[int, str]]:
    """(line, match) of everything in a template that a pattern finds."""
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group()


def without_comments(text: str) -> str:
    """The template with its comments blanked; lines keep their numbers."""
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)


def markup(text: str) -> str:
    """The template's own HTML: tags and variables blanked, lines kept."""
    return TAG.sub(
        lambda found: " " + "\n" * found.group().count("\n"), without_comments(text)
    )


@cache
def named_in_code() -> dict[str, frozenset[str]]:
    """Templates that Python code names, by module; f-strings name all that fit."""
    return {
        module: frozenset(names_in(tree))
        for module, _, tree in modules(apart_from={"tests"})
    }


def names_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in templates():
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            pattern = "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            )
            if pattern.endswith(tuple(re.escape(ending) for ending in ENDINGS)):
                yield from filter(re.compile(pattern).fullmatch, templates())


def used_by(name: str) -> set[str]:
    """Templates that a template extends, includes, or reaches through its tags."""
    text = without_comments(templates()[name])
    used = set(USES.findall(text))
    for libraries in LOADS.findall(text):
        for module, names in named_in_code().items():
            parts = module.split(".")
            if parts[-2:-1] == ["templatetags"] and parts[-1] in libraries.split():
                used |= names
    return used & templates().keys()


def reached_from(start: set[str]) -> set[str]:
    """These templates and all that they lead to."""
    reached: set[str] = set()
    waiting = start & templates().keys()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= used_by(name) - reached
    return reached


def overrides() -> set[str]:
    """Templates that stand in for one of the same name in an installed package."""
    from django.template.loaders.app_directories import get_app_template_dirs

    foreign = [
        folder
        for folder in get_app_template_dirs("templates")
        if not folder.is_relative_to(ROOT) or ".venv" in folder.parts
    ]
    return {
        name
        for name in templates()
        if any((folder / name).exists() for folder in foreign)
    }
