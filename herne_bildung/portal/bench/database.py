"""Databases filled with sample offers, one for each number of them, kept between runs.

They stand beside the portal's own database on the same server.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from herne_bildung.portal.bench import processor
from herne_bildung.start.failure import StartError
from herne_bildung.start.folders import ROOT

# What sample databases are made by: when one of these changes, they are made anew.
MADE_BY = (
    "*/migrations/*.py",
    "herne_bildung/*/migrations/*.py",
    "offerings/samples/**/*",
    "offerings/facts.py",
    "offerings/joining.py",
    "offerings/dates/slots.py",
)


def own_address(count: int | str) -> str:
    """The address of the database for so many offers, or of that name."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = parts.path.strip("/") or "herne"
    return parts._replace(path=f"/{name}_bench_{count}").geturl()


def fingerprint() -> str:
    """A mark of the code that sample databases are made by."""
    digest = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """A connection to the portal's database, to make others beside it."""
    address = os.environ["DATABASE_URL"]
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            yield connection
    except psycopg.Error as error:
        reason = str(error).strip().split("\n")[0]
        raise StartError(f"PostgreSQL says: {reason}") from error


def make(
    count: int, *, fresh: bool, fill: Callable[[str, int], None], say: Callable
) -> str:
    """The address of a database with so many sample offers; `fill` fills a new one.

    It is marked by a comment once it is complete, so a broken run begins anew.
    """
    address, mark = own_address(count), f"bench {fingerprint()}"
    name = urlsplit(address).path.strip("/")
    with server() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [name],
        ).fetchone()
        if found == (mark,) and not fresh:
            return address
        say(f"Database {name}: making it" + (" anew" if found else ""))
        identifier = sql.Identifier(name)
        for statement in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            "CREATE DATABASE {} TEMPLATE template0",
        ):
            connection.execute(sql.SQL(statement).format(identifier))
    fill(address, count)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    with server() as connection:
        connection.execute(comment.format(identifier, sql.Literal(mark)))
    return address


def copy(source: str, purpose: str) -> str:
    """The address of a database of that name with the content of another one, which
    nobody may be using.
    """
    address = own_address(purpose)
    names = [sql.Identifier(urlsplit(one).path.strip("/")) for one in (address, source)]
    with server() as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            "CREATE DATABASE {} TEMPLATE {}",
        ):
            connection.execute(sql.SQL(statement).format(*names))
    return address


def leader() -> int | None:
    """The process of the PostgreSQL server; None when it is not on this machine."""
    with server() as connection:
        backend = connection.info.backend_pid
        if not processor.is_readable() or "postgres" not in processor.name(backend):
            return None
        host = connection.info.host
        is_local = Path(host).is_absolute() or host in {"localhost", "127.0.0.1", "::1"}
        return processor.parent(backend) if is_local else None


def version() -> str:
    """Of the PostgreSQL server, like "18.6"."""
    with server() as connection:
        return connection.execute("SHOW server_version").fetchone()[0]
