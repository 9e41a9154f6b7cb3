"""A small council's system that speaks OParl over real HTTP: it pages, deletes, fails.

`faults` says what an address answers first: a status, "drop" (the connection ends in
the middle), "half" (JSON that ends in the middle), "words" (no JSON). Then it works.
"""

import contextlib
import json
import threading
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
Object = dict[str, Any]


class OParlServer:
    """What it has is changed by tests while it runs; `asked` are paths it was asked."""

    def __init__(self, per_page: int = 2, version: str = "1.1") -> None:
        self.per_page, self.version = per_page, version
        self.papers: list[Object] = []
        self.objects: dict[str, Object] = {}
        self.faults: dict[str, list[int | str]] = {}
        self.raw: dict[str, Any] = {}
        self.asked: list[str] = []
        self.ignores_since = False
        self.now = BEGIN
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.host = f"127.0.0.1:{self._http.server_port}"
        self.root = f"http://{self.host}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join(5)
        self._http.server_close()

    def url(self, path: str) -> str:
        return f"{self.root}/{path}"

    def kind(self, name: str) -> str:
        return f"https://schema.oparl.org/{self.version}/{name}"

    def tick(self) -> str:
        """A day later; the moment as the server writes it."""
        self.now += timedelta(days=1)
        return self.now.isoformat()

    def thing(self, kind: str, path: str, **values: Any) -> Object:
        """An object at an address of its own."""
        moment = self.tick()
        made = {"id": self.url(path), "type": self.kind(kind), **values}
        made |= {"created": moment, "modified": moment}
        self.objects[path] = made
        return made

    def paper(self, name: str, reference: str, **values: Any) -> Object:
        """A paper in the list."""
        values = {"name": f"Vorlage {name}", "reference": reference, **values}
        made = self.thing("Paper", f"paper/{name}", body=self.url("body/1"), **values)
        self.papers.append(made)
        return made

    def change(self, made: Object, **values: Any) -> None:
        made |= {**values, "modified": self.tick()}

    def delete(self, made: Object) -> None:
        """As the standard wants it: address, type, moments, and that it is deleted."""
        kept = {name: made[name] for name in ("id", "type", "created") if name in made}
        made.clear()
        made |= {**kept, "modified": self.tick(), "deleted": True}

    def consultation(
        self, name: str, committee: str, day: str, *, result: str = "", **values: Any
    ) -> Object:
        """A consultation to put into a paper, with its meeting and committee."""
        key = committee.lower().replace(" ", "-")
        organisation = self.thing("Organization", f"organization/{key}", name=committee)
        item = self.thing("AgendaItem", f"agendaitem/{name}", order=1)
        if result:
            item["result"] = result
        self.thing(
            "Meeting",
            f"meeting/{name}",
            start=f"{day}T17:00:00+01:00",
            organization=[organisation["id"]],
            agendaItem=[item],
        )
        made = self.thing(
            "Consultation",
            f"consultation/{name}",
            meeting=self.url(f"meeting/{name}"),
            agendaItem=item["id"],
            organization=[organisation["id"]],
            **values,
        )
        del self.objects[f"consultation/{name}"]
        return made

    def file(self, name: str, **values: Any) -> Object:
        """An attachment to put into a paper."""
        url = self.url(f"download/{name}.pdf")
        made = self.thing("File", f"file/{name}", name=name, accessUrl=url, **values)
        del self.objects[f"file/{name}"]
        return made

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        path = parts.path.strip("/")
        self.asked.append(request.path.lstrip("/"))
        page = parse_qs(parts.query).get("page", ["1"])[0]
        for key in (f"{path}?page={page}", path):
            if self.faults.get(key):
                self._fail(request, self.faults[key].pop(0))
                return
        found = self._found(path, parts.query)
        if found is None:
            request.send_error(404)
            return
        body = json.dumps(found).encode()
        self._send(request, body, len(body))

    def _send(self, request: BaseHTTPRequestHandler, body: bytes, length: int) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body)

    def _fail(self, request: BaseHTTPRequestHandler, fault: int | str) -> None:
        if isinstance(fault, int):
            request.send_error(fault)
        elif fault == "drop":
            self._send(request, b'{"data": [', 1000)
        elif fault == "half":
            self._send(request, b'{"data": [{"id"', 15)
        else:
            body = b"<html>Wartung</html>"
            self._send(request, body, len(body))

    def _found(self, path: str, query: str) -> Any:
        if path in self.raw:
            return self.raw[path]
        if path == "papers":
            return self._list(parse_qs(query))
        if path == "system":
            return {
                "id": self.url("system"),
                "type": self.kind("System"),
                "oparlVersion": f"https://schema.oparl.org/{self.version}/",
                "body": self.url("bodies"),
            }
        if path == "bodies":
            return {"data": [self.body()], "pagination": {}, "links": {}}
        if path == "body/1":
            return self.body()
        return self.objects.get(path)

    def body(self) -> Object:
        return {
            "id": self.url("body/1"),
            "type": self.kind("Body"),
            "name": "Stadt Beispiel",
            "organization": self.url("organizations"),
            "person": self.url("persons"),
            "meeting": self.url("meetings"),
            "paper": self.url("papers"),
            "legislativeTerm": [],
        }

    def _list(self, query: dict[str, list[str]]) -> Object:
        """A page of the papers; deleted ones only where changes are asked for."""
        since = query.get("modified_since", [""])[0]
        shown = [one for one in self.papers if since or not one.get("deleted")]
        if since and not self.ignores_since:
            moment = datetime.fromisoformat(since)
            shown = [
                one
                for one in shown
                if "modified" not in one
                or datetime.fromisoformat(one["modified"]) >= moment
            ]
        number = int(query.get("page", ["1"])[0])
        start = (number - 1) * self.per_page
        pages = max(1, -(-len(shown) // self.per_page))
        found: Object = {
            "data": deepcopy(shown[start : start + self.per_page]),
            "pagination": {
                "totalElements": len(shown),
                "elementsPerPage": self.per_page,
                "currentPage": number,
                "totalPages": pages,
            },
            "links": {"self": self._page(number, since)},
        }
        if number < pages:
            found["links"]["next"] = self._page(number + 1, since)
        return found

    def _page(self, number: int, since: str) -> str:
        query = {"page": number} | ({"modified_since": since} if since else {})
        return self.url(f"papers?{urlencode(query)}")


@contextlib.contextmanager
def running(**values: Any) -> Iterator[OParlServer]:
    server = OParlServer(**values)
    try:
        yield server
    finally:
        server.stop()
