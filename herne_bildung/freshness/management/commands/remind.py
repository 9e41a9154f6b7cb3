"""The daily run by hand, or looked at beforehand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import override

from herne_bildung.freshness.actions.steps import Going, Report, take_steps
from herne_bildung.freshness.kinds import kinds, only_reported
from herne_bildung.freshness.pauses import first_working_day, is_working_day
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


class Command(BaseCommand):
    help = (
        "Fragt heute nach allem, was fällig ist, wie es jeden Werktag von selbst"
        " geschieht; mit --dry-run wird nur gezeigt, was hinausginge."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="nur zeigen, nichts schreiben"
        )
        parser.add_argument(
            "--force-to",
            metavar="ADRESSE",
            help="die Mails nur an diese Adresse, ohne dass ein Schritt getan wird",
        )
        parser.add_argument(
            "--limit",
            type=int,
            metavar="N",
            help="höchstens so viele Mails und neue Einträge der Anrufliste",
        )
        parser.add_argument("--only", metavar="ART", help="nur Einträge dieser Art")

    def handle(self, *args: Any, **options: Any) -> None:
        limit, only, force_to = options["limit"], options["only"], options["force_to"]
        if limit is not None and limit < 1:
            raise CommandError("--limit braucht eine Zahl ab 1.")
        known = sorted(kinds().keys() - only_reported())
        if only is not None and only not in known:
            raise CommandError(f"--only {only}: bekannt sind {', '.join(known)}.")
        if force_to is not None:
            check_address(force_to)
        is_trial = options["dry_run"] or force_to is not None
        day = clock.today()
        if not is_working_day(day):
            self.stdout.write("Am Wochenende und an Feiertagen geht nichts hinaus.")
            if not is_trial:
                return
            day = first_working_day(day)
            self.stdout.write(f"Gezeigt wird der {day:%d.%m.%Y}.\n")
        with override(DEFAULT_LANGUAGE):
            report = take_steps(
                today=day,
                dry_run=options["dry_run"],
                limit=limit,
                only_kind=only,
                force_to=force_to,
                tell=self.show,
            )
            self.show_calls(report)
            self.stdout.write(in_words(report, is_trial=is_trial))
        if report.failed:
            raise CommandError(
                f"{report.failed}-mal ging etwas schief; mehr im Protokoll."
            )

    def show(self, mail: Going) -> None:
        """One mail, as it goes out."""
        self.stdout.write(f"An: {mail.recipient}\nBetreff: {mail.subject}")
        for title, step in mail.items:
            self.stdout.write(f"  - {title}: {step}")
        self.stdout.write(f"\n{mail.text}\n{'-' * 72}")

    def show_calls(self, report: Report) -> None:
        """What a trial would put on the call list, by name."""
        if report.called:
            lines = [f"  - {title}: {reason}" for title, reason in report.called]
            listed = "\n".join(["Auf die Anrufliste:", *lines])
            self.stdout.write(f"{listed}\n{'-' * 72}")


def check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CommandError("--force-to braucht eine Mailadresse.") from error


def in_words(report: Report, *, is_trial: bool) -> str:
    """The report in one or two sentences."""
    if report.is_other_running:
        return "Ein anderer Lauf ist gerade dabei; hier wurde nichts getan."
    begin = "Probe, kein Schritt getan: " if is_trial else ""
    return (
        f"{begin}{_number(report.mailed, 'Mail', 'Mails')}"
        f" mit {_number(report.asked, 'Schritt', 'Schritten')},"
        f" {_number(report.calls, 'Eintrag', 'Einträge')} auf die Anrufliste,"
        f" {report.hidden} verborgen ({_number(report.told, 'Mail', 'Mails')} darüber)."
        " Wegen Ferien oder Schließzeiten"
        f" {'wartet' if report.waiting == 1 else 'warten'}"
        f" {_number(report.waiting, 'Eintrag', 'Einträge')}, wegen der letzten Mail"
        f" {_number(report.spaced, 'Adresse', 'Adressen')}."
    )


def _number(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
