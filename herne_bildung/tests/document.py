"""A page of HTML as the house rules look at it."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Attributes whose address a browser loads by itself; links are only followed.
LOADING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("input", "src"),
    ("form", "action"),
    ("image", "href"),
    ("use", "href"),
}
# What <link> only names.
ONLY_NAMED = {"canonical", "alternate", "license", "author", "prev", "next"}


@dataclass
class Document(HTMLParser):
    """What a page says about itself; `parse` makes one."""

    lang: str = ""
    dir: str = ""
    title: str = ""
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labels_without_field: set[str] = field(default_factory=set)
    _in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.lang, self.dir = values.get("lang", ""), values.get("dir", "")
        self._in_title = tag == "title" and not self.title
        if "id" in values:
            self.ids.append(values["id"])
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "label" and values.get("for"):
            self.labels_without_field.add(values["for"])
        if tag == "link" and set(values.get("rel", "").split()) & ONLY_NAMED:
            return
        self.loaded += [values[name] for name in values if (tag, name) in LOADING]

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    @property
    def repeated_ids(self) -> list[str]:
        return [name for name, count in Counter(self.ids).items() if count > 1]

    @property
    def skipped_levels(self) -> list[tuple[int, int]]:
        """Headings that go down by more than one level."""
        pairs = zip([0, *self.headings], self.headings, strict=False)
        return [(above, here) for above, here in pairs if here > above + 1]

    @property
    def elsewhere(self) -> list[str]:
        """What the page would load from another host."""
        return [address for address in self.loaded if urlsplit(address).netloc]


def parse(html: str) -> Document:
    document = Document()
    document.feed(html)
    document.close()
    document.labels_without_field -= set(document.ids)
    return document
