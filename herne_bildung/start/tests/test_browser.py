import os
import time
from pathlib import Path

import pytest

from herne_bildung.start import browser
from herne_bildung.start.failure import StartError


@pytest.fixture
def lonely(monkeypatch, tmp_path):
    """A machine without any browser, and without anything to install one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "FOLDER", tmp_path / "browser")
    browser.FOLDER.mkdir()
    return tmp_path


def program(path: Path, code: int) -> Path:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_find_takes_what_starts(lonely, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(program(lonely / "broken", 127)))
    program(lonely / "chromium", 127)
    assert browser.find() is None

    google = program(lonely / "google-chrome", 0)
    assert browser.find() == google

    chosen = program(lonely / "chosen", 0)
    monkeypatch.setenv("CHROMIUM", str(chosen))
    assert browser.find() == chosen


def test_find_takes_what_was_installed_before(lonely):
    installed = program(browser.FOLDER / "chromium", 0)

    assert browser.find() == installed


def test_failed_installation_is_not_tried_again_the_same_day(lonely):
    mark = browser.FOLDER / "failed"
    mark.touch()
    begin = time.monotonic()

    with pytest.raises(StartError) as caught:
        browser.find_or_install()

    assert str(caught.value) == (
        "Browsertests brauchen Chromium, und es ließ sich nicht installieren; "
        "bitte chromium installieren oder CHROMIUM auf das Programm setzen."
    )
    assert time.monotonic() - begin < 5
    assert os.listdir(browser.FOLDER) == ["failed"]
