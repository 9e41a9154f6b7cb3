"""The logins of the demo, printed once more."""

from django.core.management.base import BaseCommand, CommandError

from herne_bildung.portal import demo, sign_in


class Command(BaseCommand):
    help = "Zeigt die Demo-Zugänge dieser Installation."

    def handle(self, *args, **options) -> None:
        if not sign_in.is_on_this_machine():
            raise CommandError(
                "Demo-Zugänge gibt es nur auf dem eigenen Rechner; HOST, "
                "PUBLIC_ADDRESS oder PRODUCTION sagt, dass andere das Portal erreichen."
            )
        logins = demo.logins()
        if not logins:
            self.stdout.write(
                "Hier gibt es keine Demo-Zugänge. "
                "Erste Verwalterin anlegen: python3 manage.py createsuperuser"
            )
        for login in logins:
            self.stdout.write(
                f"{login['role']}: {login['username']}  {login['password']}"
            )
