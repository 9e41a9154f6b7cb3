"""The embedded servers: real ones, with data of their own."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest
import redis

from herne_bildung.start import addresses, command_line, processes, servers
from herne_bildung.start.failure import StartError
from herne_bildung.start.folders import ROOT, Folders
from herne_bildung.start.postgres import Postgres
from herne_bildung.start.processes import Identity
from herne_bildung.start.valkey import Valkey

# Holds the servers like a command does, until it is killed or its input ends.
DRIVER = """
import sys
from pathlib import Path
from herne_bildung.start import servers
from herne_bildung.start.folders import Folders

folders = Folders(Path(sys.argv[1]))
is_durable = sys.argv[2] == "durable"
both = ["postgres", "valkey"]
with servers.for_command("driver", folders, both, is_durable=is_durable):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folders(tmp_path):
    folders = Folders(tmp_path / "var")
    folders.make()
    return folders


@pytest.fixture
def drive(folders):
    """Starts a command that uses the embedded servers."""
    started = []

    def start(how: str = "forgetful") -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(folders.var), how],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


def connect(folders: Folders) -> psycopg.Connection:
    address = addresses.embedded_database_url(folders.sockets())
    return psycopg.connect(address, autocommit=True)


def keep_a_note(folders: Folders) -> None:
    with connect(folders) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('Grüße')")


def kept_notes(folders: Folders) -> list[tuple[str]]:
    with connect(folders) as connection:
        return connection.execute("SELECT text FROM note").fetchall()


def server_pid(folders: Folders) -> int:
    return int((folders.postgres / "postmaster.pid").read_text().split()[0])


def stop(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.wait(timeout=20)


def test_servers_run_as_long_as_the_command(folders, drive):
    command = drive()
    keep_a_note(folders)
    pid = server_pid(folders)
    socket = folders.sockets() / "valkey.sock"
    assert redis.Redis(unix_socket_path=str(socket)).ping()

    stop(command)

    assert processes.start_time(pid) is None
    assert not servers.answer(folders, [Valkey.name])
    assert sorted(path.name for path in folders.run.iterdir()) == [
        "owner.lock",
        "users.lock",
    ]
    stop(drive())


def test_database_knows_letters_beyond_ascii(folders, drive):
    drive()

    with connect(folders) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute(
            "SELECT lower('ÄÖÜ'), 'Köln' ~ '^\\w+$', array_length(show_trgm('Кий'), 1),"
            " current_setting('server_encoding'), current_setting('jit'),"
            " current_setting('listen_addresses')"
        ).fetchone()

    assert row == ("äöü", True, 4, "UTF8", "off", "")


def test_cache_never_pushes_out_what_does_not_expire(folders, drive):
    drive()
    socket = folders.sockets() / "valkey.sock"
    client = redis.Redis(unix_socket_path=str(socket))
    client.config_set("maxmemory", client.info("memory")["used_memory"] + 2_000_000)

    client.lpush("default", *(b"task" * 25 for _ in range(1000)))
    for number in range(1000):
        client.set(f"page-{number}", b"x" * 10_000, ex=300)

    assert client.llen("default") == 1000
    assert 0 < len(client.keys("page-*")) < 1000


@pytest.mark.parametrize("who", ["command", "everything"])
def test_data_survive_a_crash(folders, drive, who):
    command = drive("durable")
    keep_a_note(folders)
    pid = server_pid(folders)

    if who == "everything":
        os.killpg(pid, signal.SIGKILL)
    command.kill()
    command.wait()
    again = drive("durable")

    assert kept_notes(folders) == [("Grüße",)]
    assert server_pid(folders) != pid
    assert processes.start_time(pid) is None
    stop(again)


def test_stale_lock_with_a_strangers_number_is_cleared(folders, drive):
    stop(drive())
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1)
    for path in (
        folders.postgres / "postmaster.pid",
        folders.sockets() / ".s.PGSQL.5432.lock",
    ):
        path.write_text(f"{stranger.pid}\n{folders.postgres}\n1\n5432\n\n\n\nready\n")

    stop(drive())

    assert stranger.poll() is None
    stranger.communicate(b"\n")


def test_interrupted_making_of_the_cluster_begins_anew(folders, drive):
    half = folders.var / "postgres.new" / "base"
    half.mkdir(parents=True)

    drive()
    keep_a_note(folders)

    assert kept_notes(folders) == [("Grüße",)]
    assert not half.exists()


def test_second_command_borrows_the_servers(folders, drive):
    owner = drive()
    keep_a_note(folders)
    borrower = drive()

    owner.stdin.close()
    with pytest.raises(subprocess.TimeoutExpired):
        owner.wait(timeout=1)
    assert kept_notes(folders) == [("Grüße",)]
    stop(borrower)

    assert owner.wait(timeout=20) == 0


def identities() -> list[Identity]:
    """The ways in which this user can run PostgreSQL here."""
    if os.getuid() != 0:
        return [processes.PLAIN]
    ways = [Identity("namespace"), processes.nobody()]
    return [way for way in ways if processes._is_possible(way)]


@pytest.mark.parametrize("identity", identities(), ids=lambda way: way.kind)
def test_postgres_runs_below_a_folder_closed_to_others(tmp_path, identity):
    tmp_path.chmod(0o700)
    folders = Folders(tmp_path / "var")
    folders.make()
    postgres = Postgres(folders, is_durable=False, identity=identity)

    process = postgres.start()
    keep_a_note(folders)
    notes = kept_notes(folders)
    process.send_signal(postgres.stop_signal)

    assert notes == [("Grüße",)]
    assert process.wait(timeout=20) == 0


def test_postgres_says_why_it_does_not_start(folders):
    postgres = Postgres(folders, is_durable=False)
    process = postgres.start()
    process.send_signal(postgres.stop_signal)
    process.wait(timeout=20)
    (folders.postgres / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(StartError) as caught:
        postgres.start()

    first, *rest = str(caught.value).splitlines()
    log = folders.log / "postgres.log"
    assert first == f"Die Datenbank startet nicht. Aus {log}:"
    assert 'unrecognized configuration parameter "no_such_setting"' in rest[-2]


def test_commands_write_links_to_the_portal_that_runs(folders, monkeypatch):
    monkeypatch.delenv("PUBLIC_ADDRESS", raising=False)
    ownership = servers.Ownership(folders)
    ownership.take({"command": "up", "public": "http://127.0.0.1:8863"})

    command_line.set_public_address(folders)

    ownership.give_up()
    assert os.environ["PUBLIC_ADDRESS"] == "http://127.0.0.1:8863"


def test_given_public_address_counts_more_than_the_running_one(folders, monkeypatch):
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://lernen.example.org")
    ownership = servers.Ownership(folders)
    ownership.take({"command": "up", "public": "http://127.0.0.1:8863"})

    command_line.set_public_address(folders)

    ownership.give_up()
    assert os.environ["PUBLIC_ADDRESS"] == "https://lernen.example.org"
