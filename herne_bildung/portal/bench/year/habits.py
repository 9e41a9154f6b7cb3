"""What the people of the simulated year do with a mail: nothing, or open its link
and press buttons, each of which is counted as a click.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from django.test import Client
from lxml import html

from herne_bildung.portal.bench.year.world import Habit, Person
from herne_bildung.start.failure import StartError

# Days from a mail to its answer, both ends included.
DELAYS = {Habit.PROMPT: (0, 3), Habit.HOLIDAY: (0, 3), Habit.SLOW: (4, 25)}
# Of a hundred entries asked: this many have to be corrected, this many have ended.
WRONG, ENDED = 5, 1
LINK = re.compile(r"https?://\S+/pflege/\S+")


@dataclass(order=True)
class Visit:
    """A day on which someone opens the link of a mail."""

    day: date
    address: str
    path: str = field(compare=False)


@dataclass
class Answers:
    """What came of all visits."""

    clicks: int = 0
    confirmed: int = 0
    others: Counter = field(default_factory=Counter)
    said_ended: set[str] = field(default_factory=set)


def visit_of(
    person: Person, mail: EmailMessage, today: date, chance: random.Random
) -> Visit | None:
    """When this person opens the mail; None for never."""
    if person.habit not in DELAYS:
        return None
    text = mail.get_body(("plain",)).get_content()
    link = LINK.search(text)
    if link is None:
        return None
    day = today + timedelta(days=chance.randint(*DELAYS[person.habit]))
    path = urlsplit(link.group().rstrip(".>)")).path
    return Visit(person.first_day_at_work(day), person.email, path)


class Reader:
    """Opens links and presses buttons, in a browser without JavaScript."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.answers = Answers()

    def open(self, path: str) -> None:
        """Answer everything on the page of a link."""
        self.answers.clicks += 1
        page = self._get(path)
        opened = page.xpath("//form[.//button[@name='decision']][.//input]")
        single = [form for form in opened if len(self._seen(form)) == 1]
        wrong = [form for form in single if self.chance.randrange(100) < WRONG]
        ended = [form for form in single if self.chance.randrange(100) < ENDED]
        for form in wrong:
            self._correct(form, path)
        for form in ended:
            if form not in wrong:
                self._end(form, path)
        if wrong or ended:
            page = self._get(path)
        self._confirm_rest(page, path)

    def _confirm_rest(self, page: html.HtmlElement, path: str) -> None:
        forms = page.xpath("//form[.//button[@name='decision'][@value='confirm']]")
        if not forms:
            return
        form = max(forms, key=lambda found: len(self._seen(found)))
        fields = self._seen(form)
        self.answers.clicks += 1
        response = self.client.post(path, fields | {"decision": "confirm"})
        if response.status_code not in {302, 303}:
            raise StartError(f"{path}: confirming answered {response.status_code}")
        self.answers.confirmed += len(fields)

    def _correct(self, form: html.HtmlElement, path: str) -> None:
        """Open the small form, change one fact, say that all else is correct."""
        number = next(iter(self._seen(form))).rpartition("-")[2]
        address = f"{path}{number}/"
        self.answers.clicks += 2
        found = self._get(address)
        [own] = [f for f in found.forms if f.method.upper() == "POST"][:1]
        fields = {name: value or "" for name, value in own.fields.items() if name}
        fields["phone"] = f"000 {self.chance.randrange(10**6)}"
        response = self.client.post(address, fields | {"decision": "save_and_confirm"})
        if response.status_code not in {302, 303}:
            raise StartError(f"{address}: correcting answered {response.status_code}")
        self.answers.others["corrected"] += 1
        self.answers.confirmed += 1

    def _end(self, form: html.HtmlElement, path: str) -> None:
        """Say on the second page that it has ended."""
        number = next(iter(self._seen(form))).rpartition("-")[2]
        address = f"{path}{number}/beendet/"
        self.answers.clicks += 2
        self._get(address)
        response = self.client.post(address, {"decision": "ended"})
        if response.status_code not in {302, 303}:
            raise StartError(f"{address}: ending answered {response.status_code}")
        self.answers.others["ended"] += 1

    def _seen(self, form: html.HtmlElement) -> dict[str, str]:
        """The marks of what the form shows."""
        return {
            name: value
            for name, value in form.fields.items()
            if name and name.startswith("seen-")
        }

    def _get(self, path: str) -> html.HtmlElement:
        response = self.client.get(path)
        if response.status_code != 200:
            raise StartError(f"{path} answered {response.status_code}")
        return html.fromstring(response.content.decode())
