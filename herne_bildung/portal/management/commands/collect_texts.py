"""Collects the interface strings of the code into the catalogues of all languages."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from herne_bildung.lib import catalogues


class Command(BaseCommand):
    help = (
        "Collects all interface strings into herne_bildung/locale/. Translations are "
        "kept; strings that left the code stay behind '#~' until --clean."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--clean", action="store_true", help="drop strings that left the code"
        )

    def handle(self, *args, clean: bool, **options) -> None:
        try:
            collected = catalogues.collect(settings.BASE_DIR)
        except ValueError as error:
            raise CommandError(str(error)) from error
        for folder, path in catalogues.paths(settings.BASE_DIR).items():
            changes = catalogues.update(path, collected, drop_obsolete=clean)
            self.stdout.write(
                f"{folder:10} {len(collected):5} strings, {changes.added} new, "
                f"{changes.gone} gone, {changes.missing} to translate"
            )
