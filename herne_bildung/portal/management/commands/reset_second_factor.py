from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from herne_bildung.city.models import User
from herne_bildung.portal.accounts import logins


class Command(BaseCommand):
    help = (
        "Nimmt jemandem den zweiten Faktor ab (Telefon verloren) und beendet alle "
        "Sitzungen. Bei der nächsten Anmeldung richtet die Person einen neuen ein."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="Benutzername")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        person = User.objects.filter(username__iexact=user).first()
        if person is None:
            raise CommandError(f"Niemand heißt „{user}“.")
        number = logins.reset_second_factor(person)
        self.stdout.write(f"{person}: {number} Mittel entfernt, Sitzungen beendet.")
