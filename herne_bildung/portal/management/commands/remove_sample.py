"""All invented offers go away again, and on request the demo logins too."""

from django.core.management.base import BaseCommand, CommandError

from herne_bildung.portal import demo
from offerings import samples
from offerings.models import Offering


class Command(BaseCommand):
    help = "Entfernt alle Beispielangebote samt Beispielanbietern und -orten."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--yes", action="store_true", help="ohne Nachfrage")
        parser.add_argument(
            "--demo",
            action="store_true",
            dest="with_logins",
            help="auch die Demo-Zugänge entfernen",
        )

    def handle(self, *args, yes: bool, with_logins: bool, **options) -> None:
        count = Offering.objects.filter(is_sample=True).count()
        if not yes and not self._is_sure(count):
            raise CommandError("Nichts entfernt.")
        removed = samples.remove()
        self.stdout.write(f"{removed} Beispielangebote entfernt.")
        if with_logins:
            self.stdout.write(f"{demo.remove_logins()} Demo-Zugänge entfernt.")

    def _is_sure(self, count: int) -> bool:
        try:
            answer = input(f"{count} Beispielangebote endgültig entfernen? [j/N] ")
        except EOFError:
            return False
        return answer.strip().lower() in {"j", "ja"}
