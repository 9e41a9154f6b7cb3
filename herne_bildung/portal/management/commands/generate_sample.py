"""Invented offers in any number, for trying out how the portal behaves with many."""

import time

from django.core.management.base import BaseCommand, CommandError

from offerings import samples


class Command(BaseCommand):
    help = "Erzeugt erfundene Angebote zum Ausprobieren; remove_sample entfernt sie."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--offerings", type=int, default=1000, help="wie viele (sonst 1000)"
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=1,
            help="gleiche Zahl, gleiche Beispiele; was es davon schon gibt, bleibt",
        )

    def handle(self, *args, offerings: int, seed: int, **options) -> None:
        if offerings < 1:
            raise CommandError("--offerings braucht eine Zahl ab 1.")
        if seed < 1:
            raise CommandError("--seed braucht eine Zahl ab 1.")
        begin = time.monotonic()

        def progress(done: int) -> None:
            seconds = time.monotonic() - begin
            self.stdout.write(f"  {done} neu ({seconds:.0f} s)")
            self.stdout.flush()

        try:
            added = samples.generate(offerings, seed=seed, progress=progress)
        except samples.MissingTopics as error:
            raise CommandError(
                "Es gibt noch keine Themen; zuerst: manage.py seed"
            ) from error
        self.stdout.write(f"{added} Beispielangebote erzeugt.")
        if existing := offerings - added:
            self.stdout.write(
                f"{existing} von {offerings} mit --seed {seed} gab es schon. Andere"
                " Beispiele: andere Zahl bei --seed; alle entfernen: remove_sample."
            )
