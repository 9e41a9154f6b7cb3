"""What can go wrong at the start, said so that people can act on it."""

import errno

SENTENCES = {
    errno.ENOSPC: "Auf dem Datenträger ist kein Platz mehr",
    errno.EDQUOT: "Das Speicherkontingent ist erschöpft",
    errno.EACCES: "Es fehlt das Recht, dort zu schreiben oder zu lesen",
    errno.EPERM: "Das Betriebssystem erlaubt es nicht",
    errno.EROFS: "Der Datenträger ist schreibgeschützt",
    errno.ENOENT: "Die Datei fehlt",
    errno.ENOTDIR: "Dort liegt eine Datei, wo ein Ordner sein müsste",
    errno.EMFILE: "Es sind zu viele Dateien offen",
}
# What programs of others write into their output when something basic is wrong.
SIGNS = {
    "No space left on device": SENTENCES[errno.ENOSPC] + ".",
    "Disk quota exceeded": SENTENCES[errno.EDQUOT] + ".",
    "Cannot allocate memory": "Der Arbeitsspeicher reicht nicht.",
    "could not map anonymous shared memory": "Der Arbeitsspeicher reicht nicht.",
    "Read-only file system": SENTENCES[errno.EROFS] + ".",
    "database files are incompatible with server": (
        "Die Daten stammen von einer anderen PostgreSQL-Version; "
        "wie man sie umzieht, steht in docs/operations.md."
    ),
}


class StartError(Exception):
    """Stops the command; the message is one sentence for people, exit code 1."""


class AlreadyTold(StartError):
    """Stops the command too; another process has said why."""


def explain(error: OSError) -> str:
    """An operating system's error as a sentence."""
    reason = SENTENCES.get(error.errno or 0, error.strerror or str(error))
    where = f": {error.filename}" if error.filename else ""
    return f"{reason}{where}."


def known_reason(output: str) -> str:
    """The sentence for what a program's output complains about, or nothing."""
    for sign, sentence in SIGNS.items():
        if sign in output:
            return sentence
    return ""


def last_lines(text: str, count: int = 12) -> str:
    """The end of a log, indented, to be shown below a sentence."""
    lines = [line for line in text.splitlines() if line.strip()][-count:]
    return "\n".join("    " + line for line in lines)
