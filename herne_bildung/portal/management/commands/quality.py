"""`manage.py quality`: what must hold before a change is handed in, as one table."""

import io
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from herne_bildung.lib import catalogues

# One line of a report is enough to find the place.
LONGEST_REPORT = 60
IN_BROWSER = "herne_bildung/tests/in_browser"
SWEEPS = (
    f"{IN_BROWSER}/test_accessibility.py",
    f"{IN_BROWSER}/test_workplace_accessibility.py",
    "herne_bildung/tests/test_hostile_input.py",
    "herne_bildung/portal/tests/test_bench.py",
    "herne_bildung/portal/tests/test_bench_care.py",
)
FAULTS = "herne_bildung/freshness/tests/faults"


class Finding(CommandError):
    """A check found something; its text says what."""


class Command(BaseCommand):
    help = (
        "Checks formatting, lint, templates, migrations, translations and the "
        "settings for production. --all also runs axe over all pages and languages, "
        "5,000 mails among faults and a small bench."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="what takes too long for every run"
        )

    def handle(self, *args, **options) -> None:
        rows = [self.row(name, check) for name, check in checks(options["all"])]
        width = max(len(name) for name, _, _ in rows)
        self.stdout.write("")
        for name, report, seconds in rows:
            result = "found something" if report else "good"
            self.stdout.write(f"{name:{width}}  {seconds:6.1f} s  {result}")
        for name, report, _ in rows:
            if report:
                self.stdout.write(f"\n--- {name}\n{report}")
        if any(report for _, report, _ in rows):
            sys.exit(1)

    def row(self, name: str, check: Callable[[], None]) -> tuple[str, str, float]:
        """Run one check: its name, what it found, how many seconds it took."""
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        start = time.monotonic()
        try:
            check()
            report = ""
        except Finding as finding:
            report = str(finding)
        return name, report, time.monotonic() - start


def checks(everything: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "Python formatted (ruff format)", python_format
    yield "Python lint (ruff check)", python_lint
    yield "templates (djlint)", template_lint
    yield "migrations complete", migrations
    yield "translations complete", translations
    yield "settings for production (check --deploy)", production_settings
    if everything:
        yield "axe in all languages, 5,000 mails among faults, small bench", sweeps


def python_format() -> None:
    run("ruff", "format", "--check", "--quiet", "--output-format=concise", ".")


def python_lint() -> None:
    run("ruff", "check", "--quiet", "--output-format=concise", ".")


def template_lint() -> None:
    """Lint only: djlint's formatter adds white space inside of links and titles."""
    run("djlint", "--lint", "--quiet", ".")


def sweeps() -> None:
    """What takes too long for every run of the tests."""
    run("pytest", "-q", *SWEEPS, FAULTS, "--all-languages", lines=LONGEST_REPORT * 10)


def migrations() -> None:
    output = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit as end:
        raise Finding(output.getvalue()) from end


def translations() -> None:
    """Each catalogue holds exactly the strings of the code, all translated."""
    collected = catalogues.messages(catalogues.collect(settings.BASE_DIR))
    reports = []
    for folder, path in catalogues.paths(settings.BASE_DIR).items():
        found = catalogues.messages(catalogues.read(path))
        numbers = {
            "not collected": len(collected.keys() - found),
            "no longer in the code": len(found.keys() - collected),
            "not translated": sum(
                not catalogues.is_complete(entry) for entry in found.values()
            ),
            "fuzzy": sum(entry.fuzzy for entry in found.values()),
        }
        told = [f"{number} {what}" for what, number in numbers.items() if number]
        if told:
            reports.append(f"{folder}: {', '.join(told)}")
    if reports:
        raise Finding("\n".join([*reports, "See `manage.py collect_texts`."]))


def production_settings() -> None:
    """As an installation of the city would run it."""
    with tempfile.TemporaryDirectory() as var:
        (Path(var) / "static-build").mkdir()
        run(
            "django",
            "check",
            "--deploy",
            "--fail-level=WARNING",
            environment={
                "DJANGO_SETTINGS_MODULE": "herne_bildung.settings",
                "PRODUCTION": "1",
                "DEBUG": "",
                "SECRET_KEY": secrets.token_urlsafe(64),
                "ALLOWED_HOSTS": "bildung.example.org",
                "PUBLIC_ADDRESS": "https://bildung.example.org",
                "VAR_DIR": var,
            },
        )


def run(
    module: str,
    *arguments: str,
    lines: int = LONGEST_REPORT,
    environment: dict[str, str] | None = None,
) -> None:
    """Run a tool of the environment; Finding with its last lines when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        report = (done.stdout + done.stderr).strip().splitlines()
        raise Finding("\n".join(report[-lines:]) or f"exit code {done.returncode}")
