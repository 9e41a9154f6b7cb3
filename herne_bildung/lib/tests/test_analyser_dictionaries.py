"""The dictionaries on disk: built once, whole, by one process at a time."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from herne_bildung.lib.analyser import dictionaries, prepare


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr(dictionaries, "LANGUAGES", ("bg", "en"))
    return dictionaries.folder()


def test_prepare_builds_what_is_missing_once(own_folder, caplog):
    reports = []

    with caplog.at_level(logging.INFO):
        prepare(report=reports.append)
        prepare(report=reports.append)

    assert reports == ["Suchwörterbuch 1 von 2: bg", "Suchwörterbuch 2 von 2: en"]
    assert caplog.records == []
    names = sorted(path.name for path in own_folder.iterdir())
    assert names == ["bg.dic", "build.lock", "en.dic"]


def test_two_at_once_build_one_dictionary(own_folder, caplog):
    with caplog.at_level(logging.WARNING), ThreadPoolExecutor(4) as pool:
        built = list(pool.map(dictionaries.build, ["bg"] * 4))

    assert sorted(built) == [False, False, False, True]
    assert [record.args[0] for record in caplog.records] == ["bg"]


def test_a_missing_dictionary_is_built_on_first_use_and_logged(own_folder, caplog):
    fresh = dictionaries._MappedDictionaries(cache_max_size=1)

    with caplog.at_level(logging.WARNING):
        forms = fresh.get_dictionary("bg")

    assert forms["деца"] == "дете"
    assert [record.args[0] for record in caplog.records] == ["bg"]


def test_a_folder_that_cannot_be_written_does_not_stop_search(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "file"))
    fresh = dictionaries._MappedDictionaries(cache_max_size=1)

    assert fresh.get_dictionary("bg")["деца"] == "дете"
