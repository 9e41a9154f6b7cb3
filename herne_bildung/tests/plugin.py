"""The pytest plugin of the project: servers and browser for the tests.

Tests run against the same embedded PostgreSQL and Valkey as `manage.py up`, with data
of their own in `var/test`, or against DATABASE_URL and REDIS_URL where these are set.
"""

import argparse
import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from herne_bildung.start import servers
from herne_bildung.start.failure import StartError
from herne_bildung.start.folders import ROOT, Folders

# Test runs at the same time, each with its own data.
MOST_RUNS = 9
# Large and the same for every run: search dictionaries and front-end packages.
SHARED = ("lemmas", "front-end")
running = contextlib.ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Start the servers; settings, which pytest-django loads next, need addresses."""
    options = early_config.known_args_namespace
    if not (options.help or options.version or directs(options)):
        try:
            start_servers()
        except StartError as failure:
            running.close()
            raise pytest.UsageError(str(failure)) from failure
    return (yield)


def directs(options: argparse.Namespace) -> bool:
    """Whether this process only hands tests to others (`-n 2`), which have servers."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return bool(getattr(options, "numprocesses", None)) and not is_worker


def start_servers() -> None:
    """Take a free data folder and run what no address is given for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")
    # Playwright's sync interface runs an event loop, in which Django refuses queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    folders = take_folder()
    names = servers.set_addresses(folders)
    running.enter_context(servers.for_command("test", folders, names, is_durable=False))


def take_folder() -> Folders:
    """The first data folder that no other test run uses; ours until we end."""
    given = os.environ.get("TEST_VAR_DIR")
    base = Path(given).absolute() if given else ROOT / "var" / "test"
    for number in range(1, MOST_RUNS + 1):
        folders = Folders(base if number == 1 else base.with_name(f"test-{number}"))
        folders.make()
        lock = (folders.run / "test.lock").open("a")
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            running.callback(lock.close)
            share(folders)
            return folders
        lock.close()
    raise StartError(f"Es laufen schon {MOST_RUNS} Testläufe.")


def share(folders: Folders) -> None:
    """Use the large folders of `var/` in this run too."""
    for name in SHARED:
        common = ROOT / "var" / name
        common.mkdir(parents=True, exist_ok=True)
        link = folders.var / name
        if not link.exists():
            link.symlink_to(common)


def pytest_configure(config: pytest.Config) -> None:
    """Our way to start the browser; loaded late, it replaces pytest-playwright's."""
    config.pluginmanager.import_plugin("herne_bildung.tests.browser")
    let_tests_empty_the_log()


def let_tests_empty_the_log() -> None:
    """Tests with transactions of their own empty all tables after them; the log, which
    the database guards, as the task of keeping does: by saying so.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    original = DatabaseOperations.sql_flush

    def sql_flush(operations: DatabaseOperations, *args, **options) -> list[str]:
        statements = original(operations, *args, **options)
        return ["SET LOCAL herne.audit_may_forget = 'yes'", *statements]

    DatabaseOperations.sql_flush = sql_flush


def pytest_sessionstart(session: pytest.Session) -> None:
    """Translations, style sheet, dictionaries and static files, where they changed."""
    from herne_bildung.start import prepare

    if session.config.option.collectonly or directs(session.config.option):
        return
    quick_passwords()
    scan_static_files_once()
    try:
        with prepare.one_at_a_time(ROOT / "var"):
            prepare.assets()
        forget_catalogues()
    except StartError as failure:
        raise pytest.UsageError(str(failure)) from failure


def scan_static_files_once() -> None:
    """Each test client makes the middlewares anew; one looks at a thousand files."""
    from whitenoise.base import WhiteNoise

    scan = WhiteNoise.update_files_dictionary
    found: dict[str, dict] = {}

    def scan_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if root not in found:
            scan(self, root, prefix)
            found[root] = dict(self.files)
        self.files.update(found[root])

    WhiteNoise.update_files_dictionary = scan_once


def quick_passwords() -> None:
    """The real way to keep passwords takes its time with each, on purpose."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def forget_catalogues() -> None:
    """Django read the catalogues while it started; on a fresh clone there were none."""
    from django.utils.translation import trans_real

    trans_real._translations.clear()
    trans_real._default = None


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    running.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Browser tests last: they are slow, and often fail for a reason found before.

    First where several processes share the tests, or one ends long before the other;
    with them what is marked `long`. What is marked `sweep` only runs with
    --all-languages.
    """
    if not config.getoption("--all-languages", default=False):
        swept = [item for item in items if item.get_closest_marker("sweep")]
        config.hook.pytest_deselected(items=swept)
        items[:] = [item for item in items if item not in swept]
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: not (needs_browser(item) or is_long(item)))
    else:
        items.sort(key=needs_browser)


def is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def needs_browser(item: pytest.Item) -> bool:
    return "browser_type_launch_args" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def in_german() -> None:
    """Commands and tasks run in German, whatever language a test before left."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_memory(request: pytest.FixtureRequest) -> None:
    """Tests roll back what this process and the page cache remember: forget it."""
    uses_database = {"db", "transactional_db"} & set(request.fixturenames)
    if uses_database or request.node.get_closest_marker("django_db"):
        forget_content()


@pytest.fixture
def nobody_counted() -> None:
    """Rate limits count across tests and runs: begin at nothing."""
    from herne_bildung.lib import page_cache

    for key in page_cache.client().scan_iter("rate:*", count=1000):
        page_cache.client().delete(key)


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    """After a test that moved the clock it goes right again."""
    from herne_bildung.lib import clock

    yield
    clock.shift(timedelta())


@pytest.fixture(autouse=True)
def complete_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login` stands for a whole sign-in, the second factor included.

    Tests of the sign-in itself send the forms: portal/tests/accounts.py.
    """
    from django.test import Client

    from herne_bildung.portal.accounts.second_factor import SET_UP

    original = Client.force_login

    def force_login(client: Client, user, backend=None) -> None:
        original(client, user, backend)
        session = client.session
        session[SET_UP] = user.pk
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


def forget_content() -> None:
    """Drop districts, topics, offers, finished pages and counts of attempts."""
    from django.core.cache import cache

    from herne_bildung.city import reference
    from herne_bildung.lib import page_cache
    from offerings import reference as topics
    from offerings.catalogue import catalogue

    reference.forget()
    topics.forget()
    catalogue.cache_clear()
    page_cache.outdate()
    cache.clear()
