"""Reading pages of the monitoring as people do: seen, or read aloud."""

import re

from lxml import html

ISOLATES = re.compile("[\u2066-\u2069]")


def page(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def plain(element: html.HtmlElement) -> str:
    return ISOLATES.sub("", " ".join(element.text_content().split()))


def table(found: html.HtmlElement, name: str, *, is_seen=False) -> list[list[str]]:
    """The cells of a table row by row, as they are read aloud, or as they are seen."""
    hidden = "contains(@class, 'kern-sr-only')" if is_seen else "@aria-hidden='true'"
    for other in found.xpath(f"//table//*[{hidden}]"):
        other.drop_tree()
    rows = found.xpath(f"//div[@aria-labelledby='{name}-caption']//tr")
    return [[plain(cell) for cell in row.xpath("th|td")] for row in rows]


def errors(found: html.HtmlElement) -> list[str]:
    return [plain(one) for one in found.xpath("//*[contains(@class, 'kern-error')]")]


def names(client, address: str) -> list[str]:
    cards = page(client, address).xpath("//article//h3/a")
    return [plain(card) for card in cards]
