"""What the benchmark asks for."""

from dataclasses import dataclass

from herne_bildung.portal.bench.load import MARKS, NUMBER

LIST = "/de/angebote/"
# A parameter the page does not know makes every address a new one for the cache;
# marks after a word make it a new search of the same word.
NEW = f"n={NUMBER}"


@dataclass(frozen=True)
class Search:
    """One line of the table. `is_new`: made anew for every request; otherwise the
    shared page cache answers, or, with `is_known`, says that nothing changed.
    """

    name: str
    path: str
    is_new: bool = True
    is_known: bool = False


FILTERS = "district=stadtbezirk-wanne&age=4&cost=free"
PAGES = (
    Search("no filter", f"{LIST}?{NEW}"),
    Search("word", f"{LIST}?q=kurs{MARKS}&{NEW}"),
    Search("same word again", f"{LIST}?q=kurs&{NEW}"),
    Search("misspelt word", f"{LIST}?q=krabelgruppe{MARKS}&{NEW}"),
    Search("three filters", f"{LIST}?{FILTERS}&{NEW}"),
    Search("last page", f"{LIST}?page=50&{NEW}"),
    Search("cached", LIST, is_new=False),
    Search("304", LIST, is_new=False, is_known=True),
)
# All middlewares around nearly nothing.
BARE = Search("bare view", "/healthz", is_new=False)
