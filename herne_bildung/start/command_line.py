"""What `manage.py` does with its arguments: packages, servers, then the command."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence

from herne_bildung.start import environment, servers, up
from herne_bildung.start.failure import AlreadyTold, StartError, explain
from herne_bildung.start.folders import ROOT, Folders, of_environment

# Commands that need the packages of the test lock.
FOR_DEVELOPERS = {"test", "quality", "bench"}
# Each has a database server, a broker and a browser of its own: about 1 GB.
MOST_TEST_PROCESSES = 4
# Commands that never ask the database; all others get one.
WITHOUT_DATABASE = {
    "help",
    "version",
    "--version",
    "--help",
    "-h",
    "check",
    "collect_texts",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "makemessages",
    "startapp",
    "test",
    "up",
}


def main(arguments: Sequence[str]) -> None:
    """Run the command; every foreseeable failure is one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace", line_buffering=True)
    try:
        run(list(arguments))
    except AlreadyTold:
        sys.exit(1)
    except StartError as failure:
        sys.exit(f"Fehler: {failure}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except OSError as error:
        if os.environ.get("DEBUG"):
            raise
        sys.exit(f"Fehler: {explain(error)}")


def run(arguments: list[str]) -> None:
    command = arguments[1] if len(arguments) > 1 else "help"
    environment.ensure(with_tests=command in FOR_DEVELOPERS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")
    if command == "up":
        run_up(arguments[2:])
    elif command == "test":
        run_tests(arguments[2:])
    else:
        run_django(command, arguments)


def run_up(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="manage.py up",
        description="Startet das ganze Portal; Strg-C beendet es. "
        "Einstellungen sind Umgebungsvariablen, siehe docs/operations.md.",
    )
    up.add_arguments(parser)
    up.run(with_demo=not parser.parse_args(arguments).no_demo)


def run_tests(arguments: list[str]) -> None:
    """Become pytest; its plugin starts the servers."""
    os.chdir(ROOT)
    command = [sys.executable, "-m", "pytest", *at_once(arguments), *arguments]
    os.execv(sys.executable, command)


def at_once(arguments: list[str]) -> list[str]:
    """Let a run of all tests use several processors.

    Each process has servers of its own, so not with a REDIS_URL: one broker's tasks
    would reach the workers of both.
    """
    processes = min(os.cpu_count() or 1, MOST_TEST_PROCESSES)
    is_whole = set(arguments) <= {"--all-languages"}
    if not is_whole or processes < 2 or os.environ.get("REDIS_URL"):
        return []
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]


def run_django(command: str, arguments: list[str]) -> None:
    """One of Django's commands or of our apps, with a database if it needs one."""
    folders = of_environment()
    embedded = servers.set_addresses(folders)
    set_public_address(folders)
    if command in WITHOUT_DATABASE or {"-h", "--help"} & set(arguments):
        embedded = []
    if command == "dbshell" and embedded:
        use_embedded_client(str(folders.sockets()))
    with servers.for_command(command, folders, embedded):
        from django.core.management import execute_from_command_line

        execute_from_command_line(arguments)


def set_public_address(folders: Folders) -> None:
    """Links that a command writes lead to the portal that runs with these data."""
    owner = servers.Ownership(folders).owner()
    if running := owner.get("public"):
        os.environ.setdefault("PUBLIC_ADDRESS", running)


def use_embedded_client(sockets: str) -> None:
    """Let `dbshell` find psql and the folder to connect through."""
    from herne_bildung.start.postgres import program

    os.environ["PATH"] = f"{program('psql').parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["PGHOST"] = sockets
