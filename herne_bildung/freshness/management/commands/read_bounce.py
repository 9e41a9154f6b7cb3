"""Takes what a mail server writes back, for a pipe of that server."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from herne_bildung.freshness import delivery_reports
from herne_bildung.freshness.actions.bounces import take_report

MOST_BYTES = 2_000_000


class Command(BaseCommand):
    help = (
        "Liest die Rückmeldung eines Mailservers (RFC 3464) von der Standardeingabe"
        " und merkt sich, dass die Adresse keine Mails annimmt."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MOST_BYTES)
        try:
            report = delivery_reports.read(raw)
        except delivery_reports.Unreadable:
            raise CommandError(
                "Das ist keine Rückmeldung eines Mailservers (RFC 3464)."
            ) from None
        if not report.is_permanent:
            self.stdout.write("Nichts Endgültiges: nichts geändert.")
        elif recipient := take_report(report):
            self.stdout.write(f"{recipient.email} nimmt keine Mails an: vermerkt.")
        else:
            self.stdout.write("Von keiner Adresse, an die Erinnerungen gehen.")
