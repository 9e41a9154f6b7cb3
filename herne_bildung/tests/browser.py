"""How browser tests get their Chromium; loaded by the plugin beside this file."""

import os

import pytest

from herne_bildung.start import browser
from herne_bildung.start.failure import StartError

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one tests skip, with CI=true they fail."""
    try:
        return str(browser.find_or_install())
    except StartError as failure:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(str(failure), pytrace=False)
        pytest.skip(str(failure))


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, object]:
    """How pytest-playwright starts the browser; works as root and in containers."""
    return {
        "executable_path": chromium,
        "chromium_sandbox": False,
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """Tests name whole addresses. (pytest-playwright's own warns, an error here.)"""
