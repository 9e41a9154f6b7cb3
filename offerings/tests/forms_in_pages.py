"""Filling in a form of the administration as a browser does: from the page itself."""

from html.parser import HTMLParser
from typing import Any

Fields = dict[str, Any]


class _Reader(HTMLParser):
    """Collects what a browser would send of the form with a signed state."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.textarea = self.select = ""
        self.is_form = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        values = dict(attrs)
        if tag == "form":
            self.is_form = values.get("id", "").endswith("_form")
        name = values.get("name")
        if not self.is_form:
            return
        if tag == "textarea" and name:
            self.textarea = name
            self.fields.setdefault(name, []).append("")
        elif tag == "select" and name:
            self.select = name
            self.fields.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in values:
            self.fields[self.select].append(values.get("value") or "")
        elif tag == "input" and name:
            kind = values.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in values:
                return
            if kind not in {"submit", "file", "button"}:
                value = values.get("value") or ""
                is_tick = kind in {"checkbox", "radio"} and "value" not in values
                self.fields.setdefault(name, []).append("on" if is_tick else value)

    def handle_endtag(self, tag: str) -> None:
        self.textarea = "" if tag == "textarea" else self.textarea
        self.select = "" if tag == "select" else self.select
        self.is_form = self.is_form and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea][-1] += data


def fields_in(page: str) -> Fields:
    """What the browser would send, were the form saved as it is shown."""
    reader = _Reader()
    reader.feed(page)
    return {
        name: values
        for name, values in reader.fields.items()
        if values and "__prefix__" not in name
    }


def opened(client, address: str) -> Fields:
    """The fields of a form as it is opened."""
    return fields_in(client.get(address, follow=True).content.decode())
