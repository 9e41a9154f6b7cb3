"""`manage.py up` in Django's list of commands; see herne_bildung/start/up.py.

`manage.py` runs it without this class, before settings are loaded, because they need
the addresses of servers that it starts first.
"""

from django.core.management.base import BaseCommand

from herne_bildung.start import command_line, up


class Command(BaseCommand):
    help = "Startet das ganze Portal: Datenbank, Webserver, Hintergrundarbeit."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        up.add_arguments(parser)

    def handle(self, *args, no_demo: bool, **options) -> None:
        command_line.run_up(["--no-demo"] if no_demo else [])
