"""Personal data of this app; see `city.privacy`."""

from herne_bildung.city.privacy import Holding, of_login, register, register_cleaning
from monitoring.imports.actions import clean_up
from monitoring.models import ImportRun, ProtectionRun, WarningRule

register(
    Holding(
        model=ImportRun,
        what="Wer eine Datei mit Werten eingelesen hat",
        why="Nachfragen zu den Werten",
        until="so lange `IMPORTS_KEPT_DAYS` sagt; die Datei selbst einen Tag",
        fields=("file_name", "created_at", "state"),
        of=of_login(ImportRun, "started_by"),
    ),
    Holding(
        model=ProtectionRun,
        what="Wer die Geheimhaltung einer Kennzahl angestoßen hat",
        why="Nachfragen zur Geheimhaltung",
        until="bis der Zugang entfernt wird",
        fields=("started_at", "finished_at"),
        of=of_login(ProtectionRun, "started_by"),
    ),
    Holding(
        model=WarningRule,
        what="Wer die Regel einer Frühwarnung angelegt hat",
        why="Nachfragen zur Regel",
        until="bis der Zugang entfernt wird",
        fields=("name", "created_at"),
        of=of_login(WarningRule, "created_by"),
    ),
)
register_cleaning("files of values", clean_up)
