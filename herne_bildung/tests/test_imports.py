"""Imports go down only: portal > monitoring > goals > offerings | counselling >
freshness > city > lib. A link between two apps is a model in the upper one.
"""

import ast
import sys

from herne_bildung.tests.sources import imported_names, module_paths, modules

# From the ground up; apps on one level know nothing of each other.
LEVELS = (
    {"herne_bildung.lib"},
    {"herne_bildung.city"},
    {"herne_bildung.freshness"},
    {"offerings", "counselling"},
    {"goals"},
    {"monitoring"},
    {"herne_bildung.portal"},
)
HEIGHT = {layer: height for height, level in enumerate(LEVELS) for layer in level}
# What joins everything may name everything.
TOP = {"herne_bildung.settings", "herne_bildung.urls", "herne_bildung.tests"}
# Runs before the packages are installed.
START = "herne_bildung.start"
NOT_AT_WORK = {"tests", "migrations"}


def layer_of(name: str) -> str:
    """The layer a module belongs to; empty for what belongs to none."""
    return next(
        (layer for layer in HEIGHT if name == layer or name.startswith(f"{layer}.")),
        "",
    )


def may_import(importer: str, imported: str) -> bool:
    own, other = layer_of(importer), layer_of(imported)
    return not other or own == other or HEIGHT[own] > HEIGHT[other]


def test_imports_go_down_only():
    upward = [
        f"{path}:{line} {module} imports {imported}"
        for module, path, tree in modules(apart_from=NOT_AT_WORK)
        if layer_of(module)
        for line, imported in imported_names(module, path, tree)
        if not may_import(module, imported)
    ]

    assert upward == []


def test_every_module_has_its_layer():
    strangers = [
        module
        for module, _ in module_paths()
        if "." in module
        and not layer_of(module)
        and not module.startswith((START, *TOP))
        and module.count(".") > 1
    ]

    assert strangers == []


def test_start_needs_no_app_and_no_package_at_import():
    """What runs before .venv exists uses the standard library only at its top."""
    allowed = sys.stdlib_module_names
    wrong = [
        f"{path}:{line} imports {imported}"
        for module, path, tree in modules(below=START, apart_from=NOT_AT_WORK)
        for node in tree.body
        if not isinstance(node, ast.FunctionDef | ast.ClassDef)
        for line, imported in imported_names(module, path, node)
        if not imported.startswith(START) and imported.split(".")[0] not in allowed
    ]

    assert wrong == []


def test_start_knows_no_subject():
    """Inside its functions it may use Django, `lib` and `portal`, but no subject."""
    subjects = set(HEIGHT) - {"herne_bildung.lib", "herne_bildung.portal"}
    wrong = [
        f"{path}:{line} imports {imported}"
        for module, path, tree in modules(below=START, apart_from=NOT_AT_WORK)
        for line, imported in imported_names(module, path, tree)
        if layer_of(imported) in subjects
    ]

    assert wrong == []


def test_no_module_is_called_a_drawer_for_everything():
    drawers = {"utils", "util", "common", "core", "helpers", "misc"}
    found = [
        str(path) for module, path in module_paths() if drawers & set(module.split("."))
    ]

    assert found == []
