"""The pages of 2013–2017 and of the Leitbild show what the documents say, line by
line and nothing besides, as a quotation; compared with the facts themselves.
"""

from collections import Counter
from typing import ClassVar

from django.test import Client, TestCase
from lxml import html

from goals.seed import sow
from goals.tests.facts import EntryFacts, GoalFacts, first_goals, mission
from herne_bildung.city import reference
from herne_bildung.city import seed as city_seed
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib import page_cache

COUNTS = {"goals": 14, "measures": 53, "challenges": 46, "keep": 20, "adjust": 62}


def plain(text: str) -> str:
    """A text on one line, as a browser shows it."""
    return " ".join(text.split())


def quoted(element: html.HtmlElement) -> tuple[str, tuple[str, ...]]:
    """The wording a part of a page quotes, and the points below it."""
    [quotation] = element.xpath(".//blockquote[@lang='de'][@dir='ltr']") or [None]
    if quotation is None:
        return "", ()
    points = [plain(point.text_content()) for point in quotation.xpath(".//li")]
    words = [plain(one.text_content()) for one in quotation.xpath("./p")]
    return " ".join(words), tuple(points)


def entries(page: html.HtmlElement, kind: str) -> list[tuple]:
    """Title, wording and points of each measure or challenge of a page."""
    return [
        (plain(one.xpath(".//h3")[0].text_content()), *quoted(one))
        for one in page.xpath(f"//article[starts-with(@id, '{kind}-')]")
    ]


def notes(page: html.HtmlElement, verdict: str) -> list[str]:
    found = page.xpath(f"//section[@aria-labelledby='notes-{verdict}']//q[@lang='de']")
    return [plain(one.text_content()) for one in found]


def in_words(facts: tuple[EntryFacts, ...]) -> list[tuple]:
    """The same of the facts."""
    return [
        (plain(one.title), plain(one.wording), tuple(map(plain, one.points)))
        for one in facts
    ]


def asked(path: str) -> html.HtmlElement:
    """A page as anyone gets it."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def pages_of_goals() -> list[tuple[GoalFacts, html.HtmlElement]]:
    """Each goal of 2013–2017 with the page its card leads to."""
    cards = asked("/de/ziele/2013-2017/").xpath("//ol[@class='goal-cards']/li")
    links = [card.xpath(".//h3/a/@href")[0] for card in cards]
    return [(facts, asked(links[facts.number - 1])) for facts in first_goals()]


class TestDocumentsOnPages(TestCase):
    """All tests look at one first start, and at the same pages."""

    pages: ClassVar[list[tuple[GoalFacts, html.HtmlElement]]]

    @classmethod
    def setUpTestData(cls):
        seeding = Seeding()
        city_seed.sow(seeding)
        sow(seeding)
        reference.forget()
        page_cache.outdate()
        cls.pages = pages_of_goals()

    def test_every_goal_is_quoted_line_by_line(self):
        shown = Counter()
        for facts, page in self.pages:
            measures, challenges = entries(page, "measure"), entries(page, "challenge")
            keep, adjust = notes(page, "keep"), notes(page, "adjust")
            [head] = page.xpath("//section[@aria-labelledby='wording']")

            with self.subTest(facts.title):
                heading = plain(page.xpath("//h1")[0].text_content())
                assert heading == plain(facts.title)
                assert quoted(head) == (plain(facts.wording), ())
                note = "".join(head.xpath(".//p[@class='quotation__note']/text()"))
                assert plain(note) == plain(facts.wording_note)
                assert measures == in_words(facts.measures)
                assert challenges == in_words(facts.challenges)
                assert keep == list(map(plain, facts.keep))
                assert adjust == list(map(plain, facts.adjust))
            shown += Counter(
                goals=1,
                measures=len(measures),
                challenges=len(challenges),
                keep=len(keep),
                adjust=len(adjust),
            )

        assert dict(shown) == {
            "goals": 14,
            "measures": 53,
            "challenges": 46,
            "keep": 20,
            "adjust": 62,
        }

    def test_an_empty_column_of_the_poster_says_that_nobody_wrote(self):
        for facts, page in self.pages:
            empty = {
                verdict: bool(
                    page.xpath(f"//section[@aria-labelledby='notes-{verdict}']/p")
                )
                for verdict in ("keep", "adjust")
            }

            with self.subTest(facts.title):
                assert empty == {
                    "keep": facts.has_no_keep_notes,
                    "adjust": facts.has_no_adjust_notes,
                }

    def test_every_quotation_names_its_source(self):
        for facts, page in self.pages:
            without = page.xpath("//figure[blockquote][not(figcaption//cite)]")

            assert (facts.title, without) == (facts.title, [])

    def test_the_leitbild_is_quoted_part_by_part(self):
        page = asked("/de/ziele/leitbild/")
        parts = page.xpath("//div[@class='beside']")

        shown = [
            (
                plain("".join(part.xpath(".//h3/span[last()]/text()"))),
                quoted(part)[0],
            )
            for part in parts
        ]

        assert shown == [(plain(head), plain(text)) for head, text in mission()]

    def test_what_is_not_in_the_documents_is_said_and_not_guessed(self):
        unknown = asked("/de/ziele/2018-2022/")
        headings = asked("/de/ziele/2023-2027/")

        assert unknown.xpath("//ol[@class='goal-cards']") == []
        assert "2018/0805" in unknown.text_content()
        assert len(headings.xpath("//ol[@class='goal-cards']/li")) == 5
        for link in headings.xpath("//ol[@class='goal-cards']/li//h3/a/@href"):
            page = asked(link)
            assert page.xpath("//blockquote") == []
        for page in (unknown, headings):
            assert "%" not in page.xpath("string(//main)")
