"""Everything between running servers and a running web server. Each step is skipped
when nothing changed, so that a second start is quick.

A process of its own (`python -m herne_bildung.start.prepare`): Django's memory goes
with it, and the supervisor stays small.
"""

import argparse
import contextlib
import fcntl
import hashlib
import io
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from herne_bildung.start import addresses
from herne_bildung.start.failure import StartError, explain, known_reason
from herne_bildung.start.folders import ROOT, of_environment

OLDEST_POSTGRES = 15
LOCALES = ROOT / "herne_bildung" / "locale"


def main() -> None:
    """Prepare everything; exit code 1 with a sentence when that fails."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-demo", action="store_true")
    with_demo = not parser.parse_args().no_demo
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)
    try:
        with one_at_a_time(of_environment().var):
            import django

            django.setup()
            check_servers()
            assets()
            content(with_demo=with_demo)
    except StartError as failure:
        sys.exit(f"Fehler: {failure}")
    except OSError as error:
        sys.exit(f"Fehler: {explain(error)}")
    except Exception as error:
        log = of_environment().log / "prepare.log"
        log.write_text(traceback.format_exc())
        sys.exit(f"Fehler: {type(error).__name__}: {error} (Näheres in {log})")


@contextlib.contextmanager
def one_at_a_time(var: Path) -> Iterator[None]:
    """Let no two processes build the same files at once."""
    with (var / "prepare.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def assets() -> None:
    """What needs no database: translations, front end, dictionaries, static files."""
    with step("Übersetzungen"):
        compile_catalogues(LOCALES)
    with step("Gestaltung und Schriften"):
        build_frontend(of_environment().var)
    with step("Wörterbücher der Suche"):
        prepare_dictionaries()
    with step("Statische Dateien"):
        collect_static()


def content(*, with_demo: bool) -> None:
    """Tables and content; what people may have changed is never touched again."""
    from django.core.management import call_command
    from django.db import Error

    try:
        with step("Datenbanktabellen"):
            call_command("migrate", interactive=False, verbosity=0)
        with step("Inhalte"):
            call_command("seed", stdout=io.StringIO())
        prepare_demo(with_demo=with_demo)
    except Error as error:
        sentence = known_reason(str(error)) or str(error).strip().split("\n")[0]
        raise StartError(f"Die Datenbank meldet: {sentence}") from error


def prepare_demo(*, with_demo: bool) -> None:
    """Samples and logins, or none of both."""
    from herne_bildung.portal import demo

    if with_demo:
        with step("Beispiele"):
            demo.prepare()
    else:
        demo.lock_logins()


def check_servers() -> None:
    """StartError when database or broker cannot be reached or are too old."""
    import psycopg
    import redis
    from django.conf import settings
    from django.db import connection, utils

    database = addresses.without_password(os.environ.get("DATABASE_URL", ""))
    try:
        connection.ensure_connection()
    except (utils.Error, psycopg.Error) as error:
        reason = str(error).strip().split("\n")[0]
        raise StartError(
            f"Die Datenbank ist nicht erreichbar ({database}): {reason}"
        ) from error
    version = connection.connection.info.server_version // 10000
    if version < OLDEST_POSTGRES:
        raise StartError(
            f"PostgreSQL {version} ist zu alt ({database}); "
            f"nötig ist {OLDEST_POSTGRES} oder neuer."
        )
    client = redis.Redis.from_url(settings.CACHE_URL, socket_connect_timeout=5)
    try:
        client.ping()
    except redis.RedisError as error:
        address = addresses.without_password(os.environ.get("REDIS_URL", ""))
        raise StartError(
            f"Der Redis-Server ist nicht erreichbar ({address}): {error}"
        ) from error
    finally:
        client.close()


def compile_catalogues(folder: Path) -> bool:
    """Make .mo files of the .po files that changed since; True when there were any.

    Django reads a language once. This process goes on to write search words, which
    have to be German also where the first start found no catalogue yet.
    """
    stale = [
        source
        for source in sorted(folder.glob("*/LC_MESSAGES/django*.po"))
        if not _is_newer(source.with_suffix(".mo"), source)
    ]
    if not stale:
        return False
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from django.utils.translation.reloader import translation_file_changed

    for source in stale:
        try:
            with source.open("rb") as file:
                catalogue = read_po(file, abort_invalid=True)
        except ValueError as error:
            raise StartError(f"Der Katalog {source} ist fehlerhaft: {error}") from error
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(target)
        translation_file_changed(None, target)
    return True


def _is_newer(result: Path, source: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return result.stat().st_mtime > source.stat().st_mtime
    return False


def build_frontend(var: Path) -> bool:
    from herne_bildung.start import frontend

    # An office's network may have certificates of its own, known to the system.
    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    try:
        return frontend.build(var, report=lambda text: print(f"    {text}"))
    except frontend.FrontendError as error:
        reason = known_reason(str(error)) or str(error)
        raise StartError(f"Die Gestaltung lässt sich nicht bauen: {reason}") from error


def prepare_dictionaries() -> None:
    from herne_bildung.lib import analyser

    analyser.prepare(report=lambda text: print(f"\n    {text}", end=""))


def collect_static() -> bool:
    """Collect, hash and compress static files if any of them changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            there = path.stat()
            digest.update(f"{name} {there.st_size} {there.st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    mark = root.with_name(root.name + ".collected")
    if root.is_dir() and mark.is_file() and mark.read_text() == digest.hexdigest():
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=io.StringIO())
    mark.write_text(digest.hexdigest())
    return True


@contextlib.contextmanager
def step(name: str, say: Callable[[str], None] = print) -> Iterator[None]:
    """Tell that a step begins to take long, and how long it took."""
    begin = time.monotonic()
    print(f"  {name} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    duration = f"{time.monotonic() - begin:.1f}".replace(".", ",")
    print(f" fertig ({duration} s)", flush=True)


if __name__ == "__main__":
    main()
