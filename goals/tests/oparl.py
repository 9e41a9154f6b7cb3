"""What the tests of imports of council papers share."""

from datetime import UTC, datetime, timedelta

from goals.models import Consultation, CouncilPaper, OParlRun, OParlSource, PaperFile
from goals.oparl import actions, running
from goals.tests.oparl_server import Object, OParlServer
from herne_bildung.lib import clock


def run(server: OParlServer, source: OParlSource, **values) -> OParlRun:
    """An hour after the server's last change: start, and work until it ends."""
    present = server.now + timedelta(hours=1)
    clock.shift(present - datetime.now(tz=UTC))
    started = actions.start(source, **values)
    running.work()
    started.refresh_from_db()
    source.refresh_from_db()
    return started


def outcome(done: OParlRun) -> tuple:
    return done.state, done.done, done.counts, remarks(done)


def remarks(done: OParlRun) -> list[tuple[str, str, str]]:
    """Kind, object without its server, detail."""
    return [
        (one.kind, one.address.split("/", 3)[-1], one.detail)
        for one in done.warnings.order_by("kind", "address", "detail")
    ]


def everything() -> list[list[dict]]:
    """All rows as they are, but for the moments of their saving."""
    hidden = {"created_at", "updated_at"}
    return [
        [
            {name: value for name, value in row.items() if name not in hidden}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (CouncilPaper, Consultation, PaperFile)
    ]


def full(server: OParlServer) -> Object:
    """A paper with two consultations and two attachments."""
    department = server.thing("Organization", "organization/fb31", name="FB 31")
    decided = server.consultation(
        "a", "Schulausschuss", "2024-06-04", result="beschlossen", role="Vorberatung"
    )
    ahead = server.consultation("b", "Rat der Stadt", "2026-06-25", role="Entscheidung")
    return server.paper(
        "full",
        "2024/0815",
        date="2024-05-02",
        paperType="Beschlussvorlage",
        underDirectionOf=[department["id"]],
        web="https://rat.example.org/full",
        license="dl-de/by-2-0",
        mainFile=server.file("Vorlage"),
        auxiliaryFile=[server.file("Anlage")],
        consultation=[decided, ahead],
    )
