"""Invented offers go away again, and on request the whole demo too."""

from django.core.management.base import BaseCommand, CommandError

from counselling import samples as offices
from goals import samples as goals
from herne_bildung.portal import demo
from monitoring import samples as monitoring
from offerings import samples
from offerings.models import Offering


class Command(BaseCommand):
    help = (
        "Entfernt erzeugte Beispielangebote; mit dem letzten Beispiel auch die"
        " Beispielanbieter und -orte."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--yes", action="store_true", help="ohne Nachfrage")
        parser.add_argument(
            "--demo",
            action="store_true",
            dest="with_demo",
            help="auch die Demo: ihre Beispiele, von Hand eingetragene, ihre Zugänge",
        )

    def handle(self, *args, yes: bool, with_demo: bool, **options) -> None:
        count = samples.removable(with_demo=with_demo).count()
        if not yes and not self._is_sure(count):
            raise CommandError("Nichts entfernt.")
        if with_demo:
            # Before the invented organisations they belong to.
            number = offices.remove()
            self.stdout.write(f"Beispiel-Beratungsstellen entfernt: {number}.")
            number = monitoring.remove()
            self.stdout.write(f"Beispiele des Monitorings entfernt: {number}.")
            self.stdout.write(f"Beispielziele entfernt: {goals.remove()}.")
        removed = samples.remove(with_demo=with_demo)
        self.stdout.write(f"{removed} Beispielangebote entfernt.")
        if with_demo:
            self.stdout.write(f"{demo.remove_logins()} Demo-Zugänge entfernt.")
        elif kept := Offering.objects.filter(is_sample=True).count():
            self.stdout.write(
                f"{kept} Beispielangebote der Demo bleiben; --demo entfernt auch sie."
            )

    def _is_sure(self, count: int) -> bool:
        try:
            answer = input(f"{count} Beispielangebote endgültig entfernen? [j/N] ")
        except EOFError:
            return False
        return answer.strip().lower() in {"j", "ja"}
