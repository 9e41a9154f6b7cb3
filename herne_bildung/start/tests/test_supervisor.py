"""The supervisor in a process of its own, as it takes over signal handling."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from herne_bildung.start import processes
from herne_bildung.start.folders import ROOT
from herne_bildung.start.processes import Register

DRIVER = """
import json, sys
from pathlib import Path
from herne_bildung.start.failure import StartError
from herne_bildung.start.processes import Register
from herne_bildung.start.supervisor import Program, Supervisor

folder = Path(sys.argv[1])
say = lambda text: print(text, flush=True)
supervisor = Supervisor(Register(folder / "processes.json"), say)
supervisor.listen()
try:
    for name, code in json.loads(sys.argv[2]).items():
        command = [sys.executable, "-c", code]
        supervisor.start(Program(name, command, folder / f"{name}.log", patience=1))
    say("started")
    supervisor.watch()
except StartError as failure:
    say(failure)
finally:
    supervisor.stop()
    say("stopped")
"""
SLEEP = "import time; time.sleep(60)"
STUBBORN = "import signal; signal.signal(15, signal.SIG_IGN); " + SLEEP


@pytest.fixture
def supervise(tmp_path):
    """Starts a supervisor over programs given as {name: Python code}."""
    started = []

    def start(**programs: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(tmp_path), json.dumps(programs)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "started\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def numbers(folder: Path) -> dict[str, int]:
    entries = json.loads((folder / "processes.json").read_text())
    return {name: entry["pid"] for name, entry in entries.items()}


def all_gone(pids) -> bool:
    return all(processes.start_time(pid) is None for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_supervisor_leaves_nothing_when_told_to_stop(supervise, tmp_path, number):
    process = supervise(first=SLEEP, second=SLEEP, stubborn=STUBBORN)
    time.sleep(0.3)
    pids = numbers(tmp_path).values()

    process.send_signal(number)
    output, _ = process.communicate(timeout=40)

    assert output == "stopped\n"
    assert all_gone(pids)
    assert not (tmp_path / "processes.json").exists()


def test_supervisor_restarts_what_dies(supervise, tmp_path):
    process = supervise(first=SLEEP, second=SLEEP)
    before = numbers(tmp_path)

    os.kill(before["first"], signal.SIGKILL)
    processes.wait_until(lambda: numbers(tmp_path)["first"] != before["first"], 5)

    after = numbers(tmp_path)
    assert after["second"] == before["second"]
    assert after["first"] != before["first"]
    assert processes.start_time(after["first"])
    process.terminate()
    output, _ = process.communicate(timeout=40)
    assert output == (
        "„first“ ist beendet (Signal 9) und wird neu gestartet.\nstopped\n"
    )
    assert all_gone(after.values())


def test_supervisor_gives_up_on_what_dies_again_and_again(supervise, tmp_path):
    process = supervise(good=SLEEP, broken="print('no such table'); exit(3)")
    good = numbers(tmp_path)["good"]

    output, _ = process.communicate(timeout=30)

    restarts = "„broken“ ist beendet (Code 3) und wird neu gestartet.\n" * 4
    assert output == (
        f"{restarts}„broken“ stirbt immer wieder (Code 3). "
        f"Aus {tmp_path}/broken.log:\n" + "    no such table\n" * 5 + "stopped\n"
    )
    assert all_gone([good])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux binds lives together")
def test_children_die_with_a_killed_supervisor(supervise, tmp_path):
    process = supervise(first=SLEEP, second=SLEEP)
    time.sleep(0.3)
    pids = numbers(tmp_path).values()

    process.kill()
    process.wait()

    assert processes.wait_until(lambda: all_gone(pids), 5)


def test_register_stops_leftovers_but_no_strangers(tmp_path):
    ours = subprocess.Popen([sys.executable, "-c", STUBBORN], start_new_session=True)
    stranger = subprocess.Popen([sys.executable, "-c", SLEEP])
    time.sleep(0.2)
    register = Register(tmp_path / "processes.json")
    register.add("ours", ours.pid, signal.SIGTERM)
    register.add("stranger", stranger.pid, signal.SIGTERM)
    entries = json.loads(register.path.read_text())
    entries["stranger"]["started"] = "an earlier process of the same number"
    register.path.write_text(json.dumps(entries))

    stopped = Register(register.path).stop_leftovers(patience=0.5)

    assert stopped == ["ours"]
    assert ours.wait() == -signal.SIGKILL
    assert stranger.poll() is None
    assert not register.path.exists()
    stranger.kill()
    stranger.wait()


def test_register_survives_a_broken_file(tmp_path):
    path = tmp_path / "processes.json"
    path.write_text('{"web": {"pid"')

    assert Register(path).stop_leftovers() == []
