"""The files of the project, for the house rules: what git would commit."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where someone unpacked the project without git, these folders are not its own.
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__"}


@cache
def project_files() -> tuple[Path, ...]:
    """All files of the project, relative to its root, new ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        names = map(Path, listed.stdout.decode().strip("\0").split("\0"))
    except (OSError, subprocess.CalledProcessError):
        names = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return tuple(
        sorted(
            name
            for name in names
            if NOT_OURS.isdisjoint(name.parts) and (ROOT / name).is_file()
        )
    )


def files(*endings: str) -> Iterator[tuple[Path, str]]:
    """(path, content) of the project's text files with one of these endings."""
    for name in project_files():
        if name.suffix in endings:
            yield name, (ROOT / name).read_text(encoding="utf-8")


def module_paths() -> Iterator[tuple[str, Path]]:
    """(dotted name, path) of every Python file."""
    for path in project_files():
        if path.suffix == ".py":
            parts = path.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def modules(
    *, apart_from: Iterable[str] = (), below: str = ""
) -> Iterator[tuple[str, Path, ast.Module]]:
    """(dotted name, path, syntax tree) of Python files whose dotted name begins with
    `below` and has none of the parts `apart_from`; to parse all takes seconds.
    """
    left_out = set(apart_from)
    for module, path in module_paths():
        if module.startswith(below) and left_out.isdisjoint(module.split(".")):
            text = (ROOT / path).read_text(encoding="utf-8")
            yield module, path, ast.parse(text)


def imported_names(module: str, path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a module imports, relative ones resolved.

    `from a import b` gives `a.b`, which may be a module or a thing in module `a`.
    """
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) + 1 - node.level]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
