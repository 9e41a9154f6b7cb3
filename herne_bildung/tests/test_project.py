"""House rules for files: sizes, what is committed, what is written down."""

import ast
import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from herne_bildung.tests.sources import ROOT, files, modules, project_files

LONGEST = {".py": 300, ".html": 150, ".txt": 150, ".xml": 150}
OPERATIONS = ROOT / "docs" / "operations.md"
# Read or set by Django, Python or the system, not settings of ours.
NOT_SETTINGS = {
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_SETTINGS_MODULE",
    "HOME",
    "LANG",
    "NODE_USE_SYSTEM_CA",
    "LC_ALL",
    "PATH",
    "PGHOST",
    "PYTHONHOME",
    "PYTHONPATH",
}
SETTING = re.compile(r"[A-Z][A-Z0-9_]+")
DOCUMENTED = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]+)`", re.MULTILINE)
# Modules among the tests that read settings.
FIXTURES = {"browser", "plugin"}
READERS = {"switch", "names", "number"}
# Folders of one machine, as they slip in from a log or a shell.
MACHINE_PATH = re.compile(
    r"(?<![\w.}~-])/(?:home|Users|root|work|mnt|opt)/[\w.-]+|[A-Z]:\\\\?Users"
)
LOCKS = ("requirements.txt", "package-lock.json", "installer.txt", "test.txt")
OWN_STATIC = {
    "js": {".js"},
    "css": {".css"},
    "icons": {".svg"},
    "images": {".svg", ".png"},
}
AT_TOP_OF_STATIC = {"build.mjs", "package.json", "package-lock.json", "README.md"}
THIRD_PARTY = re.compile(r"@license|\(c\) |copyright|sourceMappingURL|\.min\.", re.I)
TOP = {
    "manage.py", "herne_bildung", "offerings", "counselling", "goals", "monitoring",
    "templates", "static", "requirements.txt", "pytest.ini", "README.md", "docs",
    "CHANGELOG.md", "LICENSE",
}  # fmt: skip


def test_top_level_is_as_designed():
    found = {path.parts[0] for path in project_files()}

    assert {name for name in found if not name.startswith(".")} - TOP == set()


def test_files_are_short():
    """What grows past what one head holds becomes a package, a file for each noun."""
    too_long = {
        str(path): length
        for path, text in files(*LONGEST)
        if ("templates" in path.parts or path.suffix == ".py")
        and "migrations" not in path.parts
        and (length := text.count("\n")) > LONGEST[path.suffix]
    }

    assert too_long == {}


def test_no_path_of_a_machine():
    ours = (".py", ".html", ".md", ".txt", ".js", ".mjs", ".css", ".ini", ".toml")
    found = [
        f"{path}: {match}"
        for path, text in files(
            *ours, ".json", ".in", ".po", ".yml", ".sh", ".editorconfig"
        )
        if path != Path("herne_bildung/tests/test_project.py")
        for match in MACHINE_PATH.findall(text)
    ]

    assert found == []


def test_no_third_party_file_in_static():
    """Packages pinned in static/package-lock.json; only files of ours are committed."""
    strangers = [
        str(path)
        for path in project_files()
        if path.parts[0] == "static"
        and not (
            (len(path.parts) == 2 and path.name in AT_TOP_OF_STATIC)
            or path.suffix in OWN_STATIC.get(path.parts[1], set())
        )
    ]
    foreign = [
        str(path)
        for path, text in files(".js", ".mjs", ".css")
        if path.parts[0] == "static" and THIRD_PARTY.search(text)
    ]

    assert (strangers, foreign) == ([], [])


def test_locks_name_no_host():
    """Every machine fetches from the registry it is set up for."""
    python = [
        f"{path}: {line}"
        for path, text in files(".txt", ".in")
        if path.name in LOCKS or path.suffix == ".in"
        for line in text.splitlines()
        if re.search(r"\w+://|--(?:extra-)?index-url|--find-links", line)
    ]
    lock = json.loads((ROOT / "static" / "package-lock.json").read_text())
    npm = [name for name, package in lock["packages"].items() if "resolved" in package]

    assert (python, npm) == ([], [])


def test_locks_have_a_hash_for_every_package():
    """pip refuses a lock in which one package has none."""
    without = [
        f"{path}: {block.split()[0]}"
        for path, text in files(".txt")
        if path.name in LOCKS
        for block in re.split(r"\n(?=[\w-])", text.strip())
        if "==" in block and "--hash=sha256:" not in block
    ]

    assert without == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    output = io.StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue(), pytrace=False)


def settings_read() -> dict[str, set[str]]:
    """Every environment variable the code reads, and where."""
    found: dict[str, set[str]] = {}
    for module, path, tree in modules():
        parts = module.split(".")
        if not {"tests", "migrations"}.isdisjoint(parts) and parts[-1] not in FIXTURES:
            continue
        for node in ast.walk(tree):
            if (name := variable_of(node)) and SETTING.fullmatch(name):
                found.setdefault(name, set()).add(str(path))
    return found


def variable_of(node: ast.AST) -> str:
    """The name in `environ["NAME"]`, `environ.get("NAME")`, `switch("NAME")`."""
    if isinstance(node, ast.Subscript):
        holder, key = node.value, node.slice
    elif isinstance(node, ast.Call) and node.args:
        function, key = node.func, node.args[0]
        if isinstance(function, ast.Name) and function.id in READERS:
            return text_of(key)
        if not isinstance(function, ast.Attribute):
            return ""
        holder = function.value
        if ast.unparse(function) in {"os.getenv", "os.environ.update"}:
            return text_of(key)
    else:
        return ""
    return text_of(key) if "environ" in ast.unparse(holder) else ""


def text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) else ""


def test_every_setting_is_documented():
    """docs/operations.md has a table row for each, its name in `…` at the start."""
    read = settings_read()

    documented = set(DOCUMENTED.findall(OPERATIONS.read_text(encoding="utf-8")))

    assert documented == read.keys() - NOT_SETTINGS
