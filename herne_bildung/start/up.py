"""`manage.py up`: the whole portal, in the foreground.

Runs before Django is loaded: settings need the addresses of the servers started here,
and the supervisor stays small.
"""

import argparse
import contextlib
import json
import os
import socket
import sys
import time
from pathlib import Path

from herne_bildung.start import servers
from herne_bildung.start.addresses import (
    WebAddress,
    is_address_of_this_machine,
    web_address,
    web_workers,
)
from herne_bildung.start.failure import AlreadyTold, StartError
from herne_bildung.start.folders import ROOT, Folders, of_environment
from herne_bildung.start.processes import Register
from herne_bildung.start.readiness import wait_until_ready
from herne_bildung.start.supervisor import Program, Stopped, Supervisor

# Seconds that a former `up` may take to end before a new one gives up.
PATIENCE_OWNER = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-demo",
        action="store_true",
        help="ohne Beispielangebote und ohne Demo-Zugänge",
    )


def run(*, with_demo: bool) -> None:
    """Start everything, stay until stopped; StartError when that cannot be."""
    begin = time.monotonic()
    folders = of_environment()
    address = web_address()
    web_workers()
    if with_demo and not address.is_loopback:
        raise StartError(
            "Demo-Zugänge gibt es nur auf dem eigenen Rechner: "
            f"mit HOST={address.host} bitte „up --no-demo“ benutzen."
        )
    public = os.environ.get("PUBLIC_ADDRESS", "")
    if with_demo and public and not is_address_of_this_machine(public):
        raise StartError(
            "Demo-Zugänge gibt es nur auf dem eigenen Rechner: "
            f"mit PUBLIC_ADDRESS={public} bitte „up --no-demo“ benutzen."
        )
    folders.make()
    folders.check_space()
    embedded = servers.set_addresses(folders)
    ownership = servers.Ownership(folders)
    take_ownership(ownership, address)
    register = Register(folders.run / "processes.json")
    try:
        if leftovers := register.stop_leftovers():
            say("Reste eines abgestürzten Laufs beendet: " + ", ".join(leftovers) + ".")
        check_port(address)
        supervisor = Supervisor(register, say)
        supervisor.listen()
        try:
            start_all(supervisor, folders, address, embedded, with_demo=with_demo)
            welcome(folders, address, time.monotonic() - begin)
            supervisor.watch()
        except Stopped:
            pass
        finally:
            if supervisor.children:
                by = f" ({supervisor.stopped_by})" if supervisor.stopped_by else ""
                say(f"Das Portal wird beendet{by} …")
            supervisor.stop()
        say("Alles ist beendet; die Daten bleiben in " + str(folders.var) + ".")
    finally:
        ownership.give_up()


def take_ownership(ownership: servers.Ownership, address: WebAddress) -> None:
    """Become the only `up` on these data; StartError when there is another."""
    latest = time.monotonic() + PATIENCE_OWNER
    public = os.environ.get("PUBLIC_ADDRESS") or address.url
    described = {"command": "up", "address": address.url, "public": public}
    while not ownership.take(described):
        owner = ownership.owner()
        pid = owner.get("pid", "?")
        if owner.get("command") == "up":
            raise StartError(
                f"Das Portal läuft schon (Prozess {pid}): {owner.get('address')}/"
            )
        if time.monotonic() > latest:
            raise StartError(
                f"Der Befehl „{owner.get('command', '?')}“ (Prozess {pid}) benutzt die "
                "Datenbank gerade; bitte zuerst beenden."
            )
        time.sleep(0.1)


def check_port(address: WebAddress) -> None:
    """StartError when the web server could not listen there."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except PermissionError:
        raise StartError(
            f"Port {address.port} ist dem Betriebssystem vorbehalten; "
            "mit PORT=8000 geht ein anderer."
        ) from None
    except OSError as error:
        if isinstance(error, socket.gaierror) or "assign" in str(error):
            raise StartError(
                f"HOST={address.host} ist keine Adresse dieses Rechners."
            ) from None
        raise StartError(
            f"Port {address.port} auf {address.host} ist schon belegt; "
            f"mit PORT={address.port + 1} geht vielleicht ein anderer."
        ) from None


def start_all(
    supervisor: Supervisor,
    folders: Folders,
    address: WebAddress,
    embedded: list[str],
    *,
    with_demo: bool,
) -> None:
    """Servers, preparation, web and background work, in this order."""
    os.environ.update(HOST=address.host, PORT=str(address.port))
    os.environ["PUBLIC_ADDRESS"] = os.environ.get("PUBLIC_ADDRESS") or address.url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")
    os.chdir(ROOT)
    for server in servers.make(embedded, folders):
        begin = time.monotonic()
        supervisor.start(server)
        say(f"  {server.name} läuft ({seconds(begin)})")
    arguments = [] if with_demo else ["--no-demo"]
    python = [sys.executable, "-m"]
    prepare = [*python, "herne_bildung.start.prepare", *arguments]
    if code := supervisor.finish("prepare", prepare):
        if code < 0:
            raise StartError(f"Die Vorbereitung wurde abgebrochen (Signal {-code}).")
        raise AlreadyTold
    begin = time.monotonic()
    gunicorn = ["gunicorn", "--config", "python:herne_bildung.gunicorn"]
    supervisor.start(
        Program(
            "background",
            [*python, "herne_bildung.start.background"],
            folders.log / "background.log",
        )
    )
    web = supervisor.start(
        Program(
            "web",
            [*python, *gunicorn, "herne_bildung.wsgi:application"],
            folders.log / "web.log",
        )
    )
    wait_until_ready(supervisor, web, address)
    say(f"  web läuft ({seconds(begin)})")


def welcome(folders: Folders, address: WebAddress, duration: float) -> None:
    """Say where the portal is; after the first start, also who may sign in."""
    say(f"\nDas Portal läuft: {address.url}/  (nach {german(duration)} s)")
    say(f"Verwaltung:       {address.url}/verwaltung/")
    logins = folders.var / "demo_logins.json"
    shown = folders.var / "welcomed"
    if logins.is_file() and not is_newer(shown, logins):
        say("\nDemo-Zugänge (nur auf diesem Rechner, später: manage.py demo_logins):")
        for login in json.loads(logins.read_text()):
            say(f"  {login['role']}: {login['username']}  {login['password']}")
    elif logins.is_file():
        say("Demo-Zugänge:     python3 manage.py demo_logins")
    else:
        say("Erste Verwalterin anlegen: python3 manage.py createsuperuser")
    shown.touch()
    say("\nBeenden mit Strg-C.")


def is_newer(path: Path, other: Path) -> bool:
    return path.exists() and path.stat().st_mtime > other.stat().st_mtime


def say(sentence: str) -> None:
    """Print; the terminal may be gone by now, and that must not hinder the end."""
    with contextlib.suppress(OSError):
        print(sentence, flush=True)


def seconds(begin: float) -> str:
    return f"{german(time.monotonic() - begin)} s"


def german(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
