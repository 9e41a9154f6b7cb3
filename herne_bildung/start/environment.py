"""The virtual environment: made and kept in step with the hash-locked packages.

Standard library only. Several starts at once wait for each other; an interrupted
installation is found by its mark and begun anew.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from herne_bildung.start.failure import StartError, known_reason, last_lines
from herne_bildung.start.folders import ROOT

RUNTIME = ROOT / "requirements.txt"
TESTS = ROOT / "herne_bildung" / "requirements" / "test.txt"
INSTALLER = ROOT / "herne_bildung" / "requirements" / "installer.txt"
FOLDER = ROOT / ".venv"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(\s*;.*)?", re.MULTILINE)


class Environment:
    """A virtual environment in a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"

    @property
    def is_current(self) -> bool:
        """Whether this very process runs in it."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    @property
    def _unfinished(self) -> Path:
        return self.folder / ".unfinished"

    def _mark(self, lock: Path) -> Path:
        return self.folder / f".installed-{lock.stem}"

    def holds(self, lock: Path) -> bool:
        """Whether exactly this lock was installed to its end."""
        if self._unfinished.exists():
            return False
        try:
            return self._mark(lock).read_text() == fingerprint(lock)
        except OSError:
            return False

    def bring_up_to_date(self, locks: Sequence[Path]) -> None:
        """Create the environment and install what the locks name, if necessary."""
        if all(self.holds(lock) for lock in locks) and self.python.exists():
            return
        with _one_at_a_time():
            if self._unfinished.exists() or not self._works():
                self._create()
            for lock in locks:
                if not self.holds(lock):
                    self._install(lock)

    def _works(self) -> bool:
        """Whether its Python runs and is new enough."""
        question = "import sys; sys.exit(sys.version_info < (3, 11))"
        return _succeeds([self.python, "-I", "-S", "-c", question])

    def _create(self) -> None:
        say("Virtuelle Umgebung .venv wird angelegt …")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(exist_ok=True)
        self._unfinished.touch()
        uv = working_uv()
        if importlib.util.find_spec("venv") and (
            uv or importlib.util.find_spec("ensurepip")
        ):
            # With uv there is no need for pip, which takes seconds to install.
            command = [sys.executable, "-m", "venv", self.folder]
            command += ["--without-pip"] if uv else []
        elif uv:
            command = [uv, "venv", "--allow-existing", "--python", sys.executable]
            command.append(self.folder)
        else:
            raise StartError(
                "Diesem Python fehlt das Modul venv (oder ensurepip); unter Debian und "
                "Ubuntu hilft: sudo apt install python3-venv"
            )
        _run(command, "Die virtuelle Umgebung lässt sich nicht anlegen.")
        # An interruption from here on is seen by the mark again.
        self._unfinished.touch()

    def _install(self, lock: Path) -> None:
        self._unfinished.touch()
        count = len(PINNED.findall(lock.read_text()))
        say(f"{count} Pakete aus {os.path.relpath(lock, ROOT)} werden installiert …")
        failure = (
            "Die Pakete lassen sich nicht installieren; ist das Netz erreichbar? "
            "Der nächste Start versucht es erneut."
        )
        wanted = ["--require-hashes", "--requirement", str(lock)]
        uv = working_uv() or self._own_uv()
        # Compiled once: else each of the portal's processes begins with that.
        install = ["pip", "install", "--quiet", "--compile-bytecode"]
        installed = uv and _succeeds([uv, *install, "--python", self.python, *wanted])
        if not installed:
            pip = [self.python, "-m", "pip"]
            if not _succeeds([*pip, "--version"]):
                _run([self.python, "-m", "ensurepip"], failure)
            _run([*pip, "install", "--disable-pip-version-check", *wanted], failure)
        self._mark(lock).write_text(fingerprint(lock))
        self._unfinished.unlink()

    def _own_uv(self) -> str | None:
        """uv installs five times as fast as pip; pip does when it is not to be had."""
        pip = [self.python, "-m", "pip", "install", "--disable-pip-version-check"]
        if not (self.folder / "bin" / "uv").exists() and not _succeeds(
            [*pip, "--quiet", "--require-hashes", "--requirement", str(INSTALLER)]
        ):
            return None
        return str(self.folder / "bin" / "uv")


def ensure(*, with_tests: bool = False) -> None:
    """Continue only where all packages are: here, or inside .venv instead."""
    locks = [RUNTIME, TESTS] if with_tests else [RUNTIME]
    environment = Environment()
    if environment.is_current:
        environment.bring_up_to_date(locks)
        return
    if all(is_satisfied(lock) for lock in locks):
        return
    environment.bring_up_to_date(locks)
    os.environ.pop("PYTHONHOME", None)
    sys.stdout.flush()
    os.execv(environment.python, [str(environment.python), *sys.argv])


def is_satisfied(lock: Path) -> bool:
    """Whether the running Python has every pinned package of the lock itself.

    So it is in a container whose image installed the lock, or in an environment of
    the reader's own. Pins with a condition are left to whoever installed them.
    """
    for name, version, condition in PINNED.findall(lock.read_text()):
        if condition:
            continue
        try:
            if importlib.metadata.version(name) != version:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def working_uv() -> str | None:
    """The installer uv on this machine, if it runs."""
    uv = shutil.which("uv")
    return uv if uv and _succeeds([uv, "--version"]) else None


def say(sentence: str) -> None:
    print(sentence, flush=True)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold a lock on this clone; the file of packages serves as its handle.

    Installers inherit it: one that outlives a killed start still keeps others away.
    """
    with RUNTIME.open("rb") as handle:
        os.set_inheritable(handle.fileno(), True)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Ein anderer Start richtet .venv gerade ein; warte …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _succeeds(command: Sequence[str | Path]) -> bool:
    try:
        result = subprocess.run(command, capture_output=True, close_fds=False)
    except OSError:
        return False
    return result.returncode == 0


def _run(command: Sequence[str | Path], sentence: str) -> None:
    """Run an installer; StartError with the sentence and its last words if it fails."""
    result = subprocess.run(
        command, capture_output=True, text=True, errors="replace", close_fds=False
    )
    if result.returncode:
        output = result.stdout + result.stderr
        reason = known_reason(output)
        raise StartError(reason or f"{sentence}\n{last_lines(output)}")
