"""Where the portal keeps its data, and where its servers listen."""

import os
import socket
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from herne_bildung.start.failure import StartError, explain

ROOT = Path(__file__).resolve().parents[2]
# A Unix socket's address has room for 108 bytes (104 on macOS); the longest name
# PostgreSQL puts into the folder is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80
# Bytes; an empty cluster, the write-ahead log and the front-end packages fit in.
LEAST_SPACE = 400 * 1024**2


@dataclass(frozen=True)
class Folders:
    """The folders of one installation, all below VAR_DIR."""

    var: Path

    @property
    def run(self) -> Path:
        """Locks, sockets and the list of running processes."""
        return self.var / "run"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def mail(self) -> Path:
        """Mails, while no mail server is set: addresses and what people wrote."""
        return self.var / "mail"

    @property
    def private(self) -> tuple[Path, ...]:
        """Folders that only the user of the portal may look into."""
        return self.run, self.log, self.mail

    @property
    def postgres(self) -> Path:
        """The data of the embedded PostgreSQL."""
        return self.var / "postgres"

    def make(self) -> None:
        """Create what is missing; StartError when that is not possible."""
        try:
            # Django warns about a folder of static files that is missing.
            for folder in (self.var, *self.private, self.var / "static-build"):
                folder.mkdir(parents=True, exist_ok=True)
            for folder in self.private:
                folder.chmod(0o700)
            with tempfile.TemporaryFile(dir=self.run) as probe:
                probe.write(b"writable")
                probe.flush()
        except OSError as error:
            raise StartError(
                f"Der Datenordner {self.var} ist nicht benutzbar. {explain(error)}"
            ) from error

    def check_space(self) -> None:
        """Refuse to begin on a disk that is nearly full."""
        there = os.statvfs(self.var)
        free = there.f_bavail * there.f_frsize
        if free < LEAST_SPACE:
            raise StartError(
                f"Auf dem Datenträger von {self.var} ist zu wenig Platz: "
                f"{free // 1024**2} MB sind frei, {LEAST_SPACE // 1024**2} MB nötig."
            )

    def sockets(self) -> Path:
        """The private folder (0700) in which the servers listen.

        That is `run`, unless its path is too long for a socket or its disk holds
        none; then a short folder beside the system's temporary files, remembered in
        `run/sockets`.
        """
        if (
            len(os.fsencode(self.run)) <= LONGEST_SOCKET_FOLDER
            and self._holds_sockets()
        ):
            return self.run
        remembered = self.run / "sockets"
        if remembered.is_file():
            folder = Path(remembered.read_text().strip())
            if _is_private(folder):
                return folder
        folder = Path(tempfile.mkdtemp(prefix="herne-", dir="/tmp"))
        remembered.write_text(str(folder))
        return folder

    def _holds_sockets(self) -> bool:
        probe = self.run / f".probe{os.getpid()}"
        try:
            with socket.socket(socket.AF_UNIX) as end:
                end.bind(str(probe))
        except OSError:
            return not self.run.is_dir()
        finally:
            probe.unlink(missing_ok=True)
        return True


def _is_private(folder: Path) -> bool:
    """Whether the folder is ours alone; one in /tmp may have been put there."""
    try:
        there = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(there.st_mode)
        and there.st_uid == os.getuid()
        and stat.S_IMODE(there.st_mode) == 0o700
    )


def of_environment() -> Folders:
    """The folders that VAR_DIR names, `var/` beside manage.py by default."""
    return Folders(Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute())
