import time
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from goals.models import OParlRun, OParlSource
from goals.oparl import actions, running
from goals.oparl.discovery import Unclear
from goals.oparl.fetching import Unreachable
from goals.oparl.report import report
from herne_bildung.lib.clock import BERLIN

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Übernimmt Vorlagen aus einem Ratsinformationssystem mit OParl-Schnittstelle."
        " Ein abgebrochener Import derselben Adresse wird fortgesetzt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "address",
            metavar="URL",
            help="Adresse des Systems, der Körperschaft oder der Liste der Vorlagen",
        )
        parser.add_argument(
            "--body", default="", help="Name oder Adresse der Körperschaft"
        )
        parser.add_argument(
            "--since",
            default="",
            help="nur Änderungen seit: JJJJ-MM-TT, oder 'alles'; sonst seit dem letzten"
            " vollständigen Import",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="nur berichten, nichts schreiben"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since = self._since(options["since"])
        if options["dry_run"]:
            run = self._dry_run(options, since)
            return
        source = self._source(options["address"], options["body"])
        run = actions.start(source, since=since)
        running.work_here(run, time.monotonic() + 86_400)
        run.refresh_from_db()
        self._print(run, [str(one) for one in run.warnings.all()])
        if run.state != OParlRun.State.DONE:
            raise CommandError(run.trouble or "Ein anderer Prozess arbeitet daran.")

    def _dry_run(self, options: dict[str, Any], since: Any) -> OParlRun:
        known = OParlSource.objects.filter(
            address=options["address"], body=options["body"]
        ).first()
        source = known or OParlSource(
            name=_name(options["address"]),
            address=options["address"],
            body=options["body"],
        )
        moment = running.since_for(source) if since is None else since
        moment = None if moment is actions.EVERYTHING else moment
        run = OParlRun(source=source, since=moment)
        try:
            worker = running.dry_run(run)
        except (Unreachable, Unclear) as trouble:
            raise CommandError(str(trouble)) from None
        self._print(run, [str(one) for one in worker.problems.take()])
        return run

    def _source(self, address: str, body: str) -> OParlSource:
        found = OParlSource.objects.filter(address=address, body=body).first()
        if found is not None:
            return found
        source = OParlSource(name=_name(address, body), address=address, body=body)
        try:
            source.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        source.save()
        return source

    def _since(self, given: str) -> Any:
        if not given:
            return None
        if given == "alles":
            return actions.EVERYTHING
        try:
            return datetime.fromisoformat(given).replace(tzinfo=BERLIN)
        except ValueError:
            raise CommandError("--since: JJJJ-MM-TT oder 'alles'") from None

    def _print(self, run: OParlRun, remarks: list[str]) -> None:
        self.stdout.write(report(run))
        for remark in remarks[:SHOWN]:
            self.stdout.write(f"  {remark}")
        if len(remarks) > SHOWN:
            self.stdout.write(f"  … und {len(remarks) - SHOWN} weitere")


def _name(address: str, body: str = "") -> str:
    host = urlsplit(address).hostname or address
    return f"{host} {body}".strip()[:120]
