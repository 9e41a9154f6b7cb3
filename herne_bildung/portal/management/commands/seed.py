"""Herne's facts come into the portal: once on the first start, later on request."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from herne_bildung.portal import content


class Command(BaseCommand):
    help = (
        "Legt beim ersten Mal Hernes Inhalte an; mit --update kommen neue Fakten dazu. "
        "Was Menschen geändert, archiviert oder gelöscht haben, bleibt so."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="neue Fakten übernehmen"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="nur sagen, was --update täte"
        )

    def handle(self, *args, update: bool, dry_run: bool, **options) -> None:
        if dry_run and not update:
            raise CommandError("--dry-run gibt es nur zusammen mit --update.")
        notes = content.sow(may_update=update, is_dry_run=dry_run)
        counts = Counter(note.action for note in notes)
        if not notes and not update:
            self.stdout.write(
                "Die Inhalte sind schon da, nichts geändert. "
                "Neue Fakten kommen mit: manage.py seed --update"
            )
            return
        if update:
            for note in notes:
                self.stdout.write(str(note))
        self.stdout.write(
            ("Probelauf, nichts geschrieben: " if dry_run else "")
            + f"{counts['new']} neu, {counts['changed']} geändert, "
            f"{counts['kept']} behalten."
        )
