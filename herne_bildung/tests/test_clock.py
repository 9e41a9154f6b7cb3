"""House rule: all code asks one clock, `lib.clock`, so that tests and simulations can
move the time, and so that a day begins at midnight in Herne.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from herne_bildung.tests.sources import ROOT, files, imported_names, modules

OTHER_CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "functions.Now",
}
# These turn a moment into wall time; without one they take the present.
WITHOUT_MOMENT = {"timezone.localdate", "timezone.localtime"}
SQL = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\("
    r"|\b(current_date|current_time|current_timestamp|localtimestamp)\b",
    re.I,
)
TEMPLATE_TAG = re.compile(r"\{%-?\s*now\b")
# Fields of this class ask the portal's clock.
MOMENT_FIELD = "MomentField"
# (file, what it asks): why it may.
ALLOWED = {
    ("herne_bildung/lib/clock.py", "timezone.now"): "it is the clock",
    ("herne_bildung/city/models/seeding.py", "auto_now"): "a note for operators",
    ("herne_bildung/portal/middleware.py", "time.time"): (
        "how long a finished page is kept; Redis counts real seconds too"
    ),
    ("herne_bildung/portal/management/commands/bench.py", "datetime.now"): (
        "the date of a measurement"
    ),
    ("herne_bildung/portal/bench/year/simulate.py", "datetime.now"): (
        "the simulated year moves the clock against the real one"
    ),
    ("herne_bildung/portal/bench/year/scan.py", "SQL"): "when invented rows were made",
    ("herne_bildung/start/browser.py", "time.time"): "the age of a file",
}


def other_clocks(module: str, path: Path, tree: ast.Module) -> Iterator[str]:
    """What a module asks for the time, apart from the portal's clock."""
    for _, name in imported_names(module, path, tree):
        if (ending := last_two(name)) in OTHER_CLOCKS:
            yield ending
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if (ending := ending_of(node)) in OTHER_CLOCKS:
                yield ending
        elif isinstance(node, ast.Call):
            name = ending_of(node.func)
            if name in WITHOUT_MOMENT and not (node.args or node.keywords):
                yield name
            if name.split(".")[-1] != MOMENT_FIELD:
                yield from (word.arg for word in node.keywords if is_auto(word.arg))
        # Docstrings may speak of such things.
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in texts
            and SQL.search(node.value)
        ):
            yield "SQL"


def last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def ending_of(node: ast.expr) -> str:
    """The last two names of `a.b.c`; the only one of `a`."""
    if isinstance(node, ast.Attribute):
        holder = node.value
        return f"{getattr(holder, 'attr', getattr(holder, 'id', ''))}.{node.attr}"
    return getattr(node, "id", "")


def is_auto(argument: str | None) -> bool:
    return argument in {"auto_now", "auto_now_add"}


def test_all_code_asks_one_clock():
    found = {
        (path.as_posix(), name)
        for module, path, tree in modules(apart_from={"tests", "migrations"})
        for name in other_clocks(module, path, tree)
    }
    found |= {
        (path.as_posix(), "{% now %}")
        for path, text in files(".html", ".txt", ".xml")
        if TEMPLATE_TAG.search(text)
    }

    assert found == {place for place in ALLOWED if (ROOT / place[0]).exists()}


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils import timezone\nday = timezone.now().date()",
        "from django.utils.timezone import now",
        "import datetime\nday = datetime.date.today()",
        "default = datetime.now",
        "day = timezone.localdate()",
        "from time import time",
        "from django.db.models.functions import Now",
        "cursor.execute('SELECT 1 WHERE due_at < now()')",
        "query = f'DELETE FROM {table} WHERE day < CURRENT_DATE'",
        "at = models.DateTimeField(auto_now_add=True)",
    ],
)
def test_rule_sees_other_clocks(code):
    found = list(other_clocks("module", Path("module.py"), ast.parse(code)))

    assert len(found) == 1


@pytest.mark.parametrize(
    "code",
    [
        '"""Never the database\'s now()."""',
        "from herne_bildung.lib import clock\nday = clock.today(), clock.now()",
        "at = MomentField(auto_now_add=True)",
        "text = 'You know (and now this)'",
        "seconds = time.monotonic()",
        "wall = timezone.localtime(row.sent_at)",
    ],
)
def test_rule_lets_the_portal_ask_its_own(code):
    assert list(other_clocks("module", Path("module.py"), ast.parse(code))) == []
