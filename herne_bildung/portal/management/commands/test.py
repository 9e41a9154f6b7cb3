"""`manage.py test` in Django's list of commands: runs pytest, not Django's runner.

`manage.py` runs it without this class, before settings are loaded, because the
servers of the tests come first.
"""

from argparse import REMAINDER

from django.core.management.base import BaseCommand

from herne_bildung.start import command_line


class Command(BaseCommand):
    help = "Führt alle Tests mit pytest aus; Argumente gehen an pytest."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("arguments", nargs=REMAINDER)

    def handle(self, *args, arguments: list[str], **options) -> None:
        command_line.run_tests(arguments)
