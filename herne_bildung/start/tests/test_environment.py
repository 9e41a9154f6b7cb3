import os

import pytest

from herne_bildung.start import environment, folders
from herne_bildung.start.environment import Environment


@pytest.fixture(scope="module")
def lock(tmp_path_factory):
    """A lock that names no package: installing it needs no network."""
    path = tmp_path_factory.mktemp("locks") / "empty.txt"
    path.write_text("# nothing yet\n")
    return path


@pytest.fixture(scope="module")
def made(lock):
    """An environment that was brought up to date."""
    made = Environment(lock.parent / "venv")
    made.bring_up_to_date([lock])
    return made


def test_environment_is_made_once(made, lock):
    first = (made.folder / "pyvenv.cfg").stat().st_ctime_ns

    made.bring_up_to_date([lock])

    assert made.python.exists()
    assert made.holds(lock)
    assert (made.folder / "pyvenv.cfg").stat().st_ctime_ns == first


def test_environment_installs_again_when_the_lock_changed(made, lock):
    lock.write_text("# something else\n")
    assert not made.holds(lock)

    made.bring_up_to_date([lock])

    assert made.holds(lock)


def test_environment_begins_anew_after_an_interruption(made, lock):
    (made.folder / ".unfinished").touch()
    debris = made.folder / "half-installed"
    debris.touch()
    assert not made.holds(lock)

    made.bring_up_to_date([lock])

    assert made.holds(lock)
    assert not debris.exists()


def test_is_satisfied_compares_versions(tmp_path):
    lock = tmp_path / "lock.txt"
    pytest_version = pytest.__version__

    lock.write_text(f"pytest=={pytest_version} \\\n    --hash=sha256:00\n")
    assert environment.is_satisfied(lock)

    lock.write_text("pytest==0.1 \\\n    --hash=sha256:00\n")
    assert not environment.is_satisfied(lock)

    lock.write_text("there-is-no-such-package==1\n")
    assert not environment.is_satisfied(lock)

    lock.write_text("there-is-no-such-package==1 ; sys_platform == 'win32'\n")
    assert environment.is_satisfied(lock)


@pytest.mark.parametrize(
    "lock", [environment.RUNTIME, environment.TESTS, environment.INSTALLER]
)
def test_locks_hold_hashes_and_no_host(lock):
    text = lock.read_text()
    lines = [line for line in text.splitlines() if not line.startswith("    ")]

    assert text.count("--hash=sha256:") >= len(lines) > 0
    assert "://" not in text
    assert "--index" not in text


def test_runtime_and_test_lock_agree():
    def pins(lock):
        return {
            (name, version)
            for name, version, _ in environment.PINNED.findall(lock.read_text())
        }

    assert pins(environment.RUNTIME) - pins(environment.TESTS) == set()


def test_sockets_lie_in_the_run_folder(tmp_path):
    there = folders.Folders(tmp_path / "v")
    there.make()

    assert there.sockets() == there.run
    assert os.stat(there.run).st_mode & 0o777 == 0o700


def test_sockets_move_when_the_path_is_too_long(tmp_path):
    there = folders.Folders(tmp_path / ("long" * 20))
    there.make()

    first, second = there.sockets(), there.sockets()

    assert first == second
    assert first.parent == folders.Path("/tmp")
    assert first.stat().st_mode & 0o777 == 0o700
    first.rmdir()


def test_sockets_leave_a_folder_that_others_may_enter(tmp_path):
    there = folders.Folders(tmp_path / ("long" * 20))
    there.make()
    first = there.sockets()
    first.chmod(0o755)

    second = there.sockets()

    assert second != first
    for folder in (first, second):
        folder.rmdir()
