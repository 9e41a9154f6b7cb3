import gzip
import os
import re
import shutil
import subprocess
import sys

import pytest

from herne_bildung.start import frontend

KILOBYTE = 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A build by another process: no Node.js on the path, no LANG, no home."""
    var = tmp_path_factory.mktemp("var")
    packages = frontend.BASE_DIR / "var" / "front-end" / "node_modules"
    if packages.is_dir():  # saves fetching them again
        shutil.copytree(packages.parent, var / "front-end", symlinks=True)
    environment = {"PATH": "/nonexistent", "VAR_DIR": str(var), "HOME": "/nonexistent"}
    for name in ("npm_config_registry", "NODE_EXTRA_CA_CERTS", "HTTPS_PROXY"):
        if name in os.environ:
            environment[name] = os.environ[name]
    result = subprocess.run(
        [sys.executable, "-m", "herne_bildung.start.frontend"],
        check=False,
        cwd=frontend.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    return var


def read(var, name):
    return (var / "static-build" / name).read_text(encoding="utf-8")


def test_build_writes_what_pages_need(built):
    folder = built / "static-build"

    files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert {
        "css/site.css",
        "css/site.rtl.css",
        "css/admin.css",
        "js/theme.js",
        "js/page.js",
        "js/search.js",
        "images/logo.svg",
        "fonts/fira-sans-latin-400.woff2",
        "fonts/noto-sans-arabic-arabic-600.woff2",
    } <= files


def test_build_is_not_repeated_without_a_change(built):
    before = (built / "static-build" / "css" / "site.css").stat().st_mtime_ns

    assert frontend.build(built, report=pytest.fail) is False
    assert (built / "static-build" / "css" / "site.css").stat().st_mtime_ns == before


def test_style_sheet_keeps_the_kern_classes_in_use_and_no_others(built):
    sheet = read(built, "css/site.css")

    kept = set(re.findall(r"\.(kern-[a-z0-9_-]+)", sheet))

    assert "kern-btn--primary" in kept
    assert kept & {"kern-kopfzeile", "kern-task-list", "kern-col-12-xxl"} == set()


def test_style_sheet_is_small_and_asks_nobody_else(built):
    sheet = read(built, "css/site.css")

    assert len(gzip.compress(sheet.encode())) < 22 * KILOBYTE
    assert re.findall(r"url\(\"?(?:https?:)?//", sheet) == []


def test_arabic_style_sheet_is_mirrored(built):
    rule = r"\.kern-fieldset legend\.kern-label\{[^}]*float:(\w+)"

    assert re.findall(rule, read(built, "css/site.css")) == ["left"]
    assert re.findall(rule, read(built, "css/site.rtl.css")) == ["right"]


def test_every_colour_name_in_use_is_defined(built):
    sheet = read(built, "css/site.css")
    defined = set(re.findall(r"(--[\w-]+):", sheet))
    read_without_default = set(re.findall(r"var\((--[\w-]+)\)", sheet))

    assert read_without_default - defined - {"--icon"} == set()


def test_names_are_found_in_templates_and_code():
    names = frontend.used_names()

    assert {"kern-btn--secondary", "icon--search"} <= set(names)


def test_missing_node_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(frontend.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)

    with pytest.raises(frontend.FrontendError, match=r"Node\.js"):
        frontend.find_node()
