"""What the portal knows about people: listed, given out, removed."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from herne_bildung.city import privacy


class Command(BaseCommand):
    help = (
        "Personenbezogene Daten: Liste für die Dokumentation, Auskunft über eine"
        " Person, Entfernen einer Person, Entfernen alles Abgelaufenen."
    )

    def add_arguments(self, parser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="die Tabelle von docs/personal-data.md")
        actions.add_parser("forget", help="entfernt alles, was abgelaufen ist")
        for name, text in (
            ("export", "Auskunft als JSON"),
            ("remove", "entfernt die Person; Einträge der Einrichtung bleiben"),
        ):
            action = actions.add_parser(name, help=text)
            action.add_argument("person", help="Benutzername oder E-Mail-Adresse")
            if name == "export":
                action.add_argument("--file", type=Path, help="Datei statt Ausgabe")
            else:
                action.add_argument("--yes", action="store_true", help="ohne Nachfrage")

    def handle(self, *args, action: str, **options) -> None:
        getattr(self, f"_{action}")(options)

    def _list(self, options: dict) -> None:
        self.stdout.write(privacy.as_table(privacy.holdings()))

    def _forget(self, options: dict) -> None:
        for name, removed in privacy.forget().items():
            self.stdout.write(f"{name}: {removed}")

    def _export(self, options: dict) -> None:
        text = privacy.export(self._subject(options), by=None)
        if options["file"] is None:
            self.stdout.write(text)
            return
        try:
            options["file"].touch(mode=0o600, exist_ok=False)
            options["file"].write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        self.stdout.write(f"Auskunft geschrieben: {options['file']}")

    def _remove(self, options: dict) -> None:
        subject = self._subject(options)
        if not options["yes"] and not self._is_sure(subject):
            raise CommandError("Nichts entfernt.")
        for name, number in privacy.remove(subject, by=None).items():
            self.stdout.write(f"{name}: {number}")
        self.stdout.write(
            "Entfernt. Was das Protokoll sagt, bleibt bis zu seiner Frist."
        )

    def _subject(self, options: dict) -> privacy.Subject:
        try:
            return privacy.Subject.find(options["person"])
        except privacy.UnknownPerson as unknown:
            raise CommandError(
                f"„{unknown}“ ist weder ein Benutzername noch eine E-Mail-Adresse."
            ) from unknown

    def _is_sure(self, subject: privacy.Subject) -> bool:
        try:
            answer = input(f"„{subject}“ endgültig entfernen? [j/N] ")
        except EOFError:
            return False
        return answer.strip().lower() in {"j", "ja"}
