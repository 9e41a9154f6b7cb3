from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from herne_bildung.city.importers.districts import Origin, import_districts
from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.models import District

# Not `required` for argparse, which would print its whole usage for a missing one.
NEEDED = ("level", "quality", "source", "licence")


class Command(BaseCommand):
    help = "Übernimmt Bezirke einer Ebene aus einer GeoJSON-Datei (WGS 84)."

    def add_arguments(self, parser: CommandParser) -> None:
        quality = District.ShapeQuality
        parser.add_argument("file", type=Path, metavar="DATEI.geojson")
        parser.add_argument(
            "--level", choices=District.Level.values, help="Ebene (nötig)"
        )
        parser.add_argument(
            "--name-property", default="name", help="Eigenschaft mit dem Namen"
        )
        parser.add_argument(
            "--code-property", default="id", help="Eigenschaft mit dem Schlüssel"
        )
        parser.add_argument(
            "--parent-property",
            default="",
            help="Eigenschaft mit Schlüssel oder Namen des übergeordneten Gebiets",
        )
        parser.add_argument(
            "--quality",
            choices=[quality.OFFICIAL, quality.PLACEHOLDER],
            help="amtliche Grenzen und Schlüssel, oder nur Platzhalter (nötig)",
        )
        parser.add_argument("--source", help="Quelle, wird angezeigt (nötig)")
        parser.add_argument("--licence", help="Lizenz, wird angezeigt (nötig)")
        parser.add_argument("--as-of", default="", help="Stand: Jahr oder JJJJ-MM-TT")
        parser.add_argument(
            "--dry-run", action="store_true", help="nur berichten, nichts schreiben"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if missing := [f"--{name}" for name in NEEDED if not options[name]]:
            raise CommandError(f"Es fehlt: {', '.join(missing)}.")
        try:
            report = import_districts(
                options["file"],
                level=options["level"],
                origin=Origin(
                    options["quality"],
                    options["source"],
                    options["licence"],
                    options["as_of"],
                ),
                name_property=options["name_property"],
                code_property=options["code_property"],
                parent_property=options["parent_property"],
                is_dry_run=options["dry_run"],
            )
        except ImportRefused as refused:
            raise CommandError(refused.in_words()) from None
        self.stdout.write(report.in_words())
