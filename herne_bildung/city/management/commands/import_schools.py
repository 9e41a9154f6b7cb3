from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.importers.schools import Source, import_schools


class Command(BaseCommand):
    help = (
        "Übernimmt Schulen aus einer CSV-Datei: den Schuldaten des Landes (sep=;)"
        " oder der Liste mit Schülerzahlen und Sozialindex."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI.csv")
        parser.add_argument(
            "--as-of", default="", help="Stand der Datei: JJJJ, JJJJ-MM oder JJJJ-MM-TT"
        )
        parser.add_argument("--source", default="", help="Quelle, wird angezeigt")
        parser.add_argument("--licence", default="", help="Lizenz, wird angezeigt")
        parser.add_argument(
            "--accept-vanished",
            action="store_true",
            help="auch wenn mehr als die Hälfte der Schulen in der Datei fehlt",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="nur berichten, nichts schreiben"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["source"]) != bool(options["licence"]):
            raise CommandError("--source und --licence gehören zusammen.")
        source = None
        if options["source"]:
            source = Source(options["source"], options["licence"])
        try:
            report = import_schools(
                options["file"],
                source=source,
                as_of=options["as_of"],
                accept_vanished=options["accept_vanished"],
                is_dry_run=options["dry_run"],
            )
        except ImportRefused as refused:
            raise CommandError(refused.in_words()) from None
        self.stdout.write(report.in_words())
