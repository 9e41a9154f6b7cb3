"""From the address somebody entered to the list of papers of one body."""

from typing import Any

from goals.oparl.client import Client
from goals.oparl.fetching import Unreachable
from goals.oparl.values import web_address

MOST_PAGES = 20


class Unclear(Exception):
    """The address leads to no list of papers, or to several; the text says which."""


def list_of_papers(client: Client, address: str, body: str = "") -> str:
    """The address of the list of papers. `address` is that of a system, a body, a list
    of bodies or the list itself; `body` says which of several. Unclear, Unreachable.
    """
    found = client.get(address)
    if is_of_type(found, "System"):
        bodies = web_address(found.get("body"))
        if not bodies:
            raise Unclear("System ohne Liste der Körperschaften")
        return _of_bodies(client, bodies, client.get(bodies), body)
    if is_of_type(found, "Body"):
        return _papers_of(found)
    return _of_bodies(client, address, found, body)


def _of_bodies(client: Client, address: str, found: Any, body: str) -> str:
    """The same for a list at hand, which may be of papers itself."""
    bodies: list[dict[str, Any]] = []
    page, at = client.as_page(address, found), address
    for _ in range(MOST_PAGES):
        items = [item for item in page.items if isinstance(item, dict)]
        bodies += [item for item in items if is_of_type(item, "Body")]
        if not bodies or any(is_of_type(item, "Paper") for item in items):
            # Of papers, or empty, as a list of changes may be.
            return address
        if not page.next:
            break
        at = page.next
        page = client.page(at)
    chosen = [one for one in bodies if not body or body in _names(one)]
    if len(chosen) != 1:
        known = "; ".join(", ".join(sorted(_names(one))) for one in bodies)
        raise Unclear(f"Welche Körperschaft? {known}"[:500])
    return _papers_of(chosen[0])


def _papers_of(body: dict[str, Any]) -> str:
    if papers := web_address(body.get("paper")):
        return papers
    raise Unclear("Körperschaft ohne Liste der Vorlagen")


def _names(body: dict[str, Any]) -> set[str]:
    found = {body.get(name) for name in ("id", "name", "shortName")}
    return {name for name in found if isinstance(name, str) and name}


def is_of_type(found: Any, name: str) -> bool:
    """Whether an object says that it is of a type, in whatever version."""
    kind = found.get("type") if isinstance(found, dict) else None
    return isinstance(kind, str) and kind.endswith(f"/{name}")


__all__ = ["Unclear", "Unreachable", "is_of_type", "list_of_papers"]
