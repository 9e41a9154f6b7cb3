"""What the benchmark asks for."""

from dataclasses import dataclass
from datetime import timedelta

from herne_bildung.lib import clock
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
TWO_WEEKS = timedelta(days=14)
PERIOD = f"from={clock.today() + TWO_WEEKS}&to={clock.today() + 2 * TWO_WEEKS}"
PAGES = (
    Search("no filter", f"{LIST}?{NEW}"),
    Search("word", f"{LIST}?q=kurs{MARKS}&{NEW}"),
    Search("same word again", f"{LIST}?q=kurs&{NEW}"),
    Search("misspelt word", f"{LIST}?q=krabelgruppe{MARKS}&{NEW}"),
    Search("three filters", f"{LIST}?{FILTERS}&{NEW}"),
    Search("today", f"{LIST}?when=today&{NEW}"),
    Search("weekend, free", f"{LIST}?when=weekend&cost=free&{NEW}"),
    Search("evening of a weekday", f"{LIST}?weekday=1&time=evening&{NEW}"),
    Search("from and to", f"{LIST}?{PERIOD}&{NEW}"),
    Search("near, sorted", f"{LIST}?near=51.538,7.219&sort=distance&{NEW}"),
    Search("map", f"{LIST}karte/?{NEW}"),
    Search("map, three filters", f"{LIST}karte/?{FILTERS}&{NEW}"),
    Search("family", f"/de/familie/?age_months=14&district=stadtbezirk-wanne&{NEW}"),
    Search("last page", f"{LIST}?page=50&{NEW}"),
    Search("cached", LIST, is_new=False),
    Search("304", LIST, is_new=False, is_known=True),
)
# All middlewares around nearly nothing.
BARE = Search("bare view", "/healthz", is_new=False)
