"""`manage.py check_open_data --shapes FOLDER`: what the standards say of /daten/."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from monitoring.models import Indicator
from monitoring.opendata.catalogue import catalogue
from monitoring.opendata.checks import CannotCheck, frictionless, shacl
from monitoring.opendata.openness import current_of, with_values


class Command(BaseCommand):
    help = (
        "Prüft den Katalog der offenen Daten mit den Shapes von DCAT-AP.de 3.0 und "
        "jede Datei mit Frictionless; braucht die Pakete der Tests."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--shapes", type=Path, help="Ordner mit den Ordnern shapes und mirror"
        )

    def handle(self, *args, **options) -> None:
        indicators = list(with_values())
        is_good = True
        for check in (
            lambda: self._catalogue(indicators, options["shapes"]),
            lambda: self._files(indicators),
        ):
            try:
                is_good = check() and is_good
            except CannotCheck as problem:
                self.stdout.write(f"Nicht geprüft: {problem}")
        if not is_good:
            raise CommandError("Die offenen Daten entsprechen ihren Standards nicht.")

    def _catalogue(self, indicators: list[Indicator], shapes: Path | None) -> bool:
        if shapes is None:
            raise CannotCheck("Wo die Shapes liegen, sagt --shapes ORDNER.")
        graph = catalogue(indicators)
        conforms, results = shacl(graph, shapes)
        violations = sum(
            count for (kind, _text), count in results.items() if kind == "Violation"
        )
        self.stdout.write(
            f"SHACL (DCAT-AP.de 3.0): {len(indicators)} Datensätze, {len(graph)} "
            f"Tripel, {violations} Verstöße, {results.total() - violations} Hinweise"
        )
        for (kind, text), count in results.most_common():
            self.stdout.write(f"  {count} × {kind}: {text}")
        return conforms

    def _files(self, indicators: list[Indicator]) -> bool:
        wrong = 0
        for indicator in indicators:
            errors = frictionless(indicator, current_of(indicator))
            wrong += bool(errors)
            for error in errors[:5]:
                self.stdout.write(f"  {indicator.slug}: {error}")
        self.stdout.write(
            f"Frictionless (Data Package 2.0): {len(indicators)} Pakete, {wrong} "
            "mit Fehlern"
        )
        return not wrong
