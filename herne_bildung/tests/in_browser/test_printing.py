"""A booklet from its list to its file: the page of an order in a browser."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from offerings.models import PrintOrder
from offerings.printing import work
from offerings.printing.tests.reading import later, read, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHOICES = "/en/angebote/heft/?topic=krabbelgruppen"
Worker = Callable[..., Any]


@pytest.fixture
def worker(site) -> Iterator[Worker]:
    """Does things as a worker does: on a connection of its own, so that the portal
    sees them at once. Only the orders made meanwhile go in the end: other tests look
    at the one of the content.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:

        def do(task: Callable, *arguments: Any, **values: Any) -> Any:
            return thread.submit(task, *arguments, **values).result()

        before = set(do(list, PrintOrder.objects.values_list("pk", flat=True)))
        yield do
        do(PrintOrder.objects.exclude(pk__in=before).delete)
        do(connections.close_all)


def order(page: Page) -> None:
    """Choose and send, some seconds after the page was made."""
    page.goto(CHOICES)
    later(timedelta(seconds=5))
    page.get_by_role("button", name="Make the file (PDF)").click()
    page.wait_for_url("**/en/druck/*/")


def test_page_of_an_order_follows_the_work_by_itself(visitor, worker):
    order(visitor)
    status = visitor.locator("#print-order [role=status]")
    expect(status).to_have_text("Your file waits for its turn.")
    # Nothing but the panel comes anew: a mark on the page stays.
    visitor.evaluate("document.body.dataset.stays = 'yes'")

    claimed = worker(work.claim)
    ours = PrintOrder.objects.filter(pk=claimed.pk)
    worker(ours.update, done=1, total=3)

    expect(status).to_have_text("1 of 3 offers")
    expect(visitor.get_by_role("progressbar", name="Progress")).to_have_attribute(
        "value", "33"
    )
    worker(work.work_on, claimed)
    expect(status).to_have_text("Your file is ready.")
    expect(visitor.locator("body")).to_have_attribute("data-stays", "yes")
    # A page that is ready asks no more.
    assert visitor.locator("#print-order[hx-get]").count() == 0

    link = visitor.get_by_role("link", name="Open the file (PDF")
    answer = visitor.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert "Contents" in words(read(answer.body()))
    assert visitor.context.cookies() == []


def test_a_cancelled_order_is_made_once_more_when_asked(visitor, worker):
    order(visitor)
    claimed = worker(work.claim)

    visitor.get_by_role("button", name="Cancel").click()
    status = visitor.locator("#print-order [role=status]")
    expect(status).to_have_text("You cancelled this file.")
    worker(work.work_on, claimed)
    visitor.reload()
    expect(status).to_have_text("You cancelled this file.")

    visitor.get_by_role("button", name="Try again").click()
    expect(status).to_have_text("Your file waits for its turn.")
    assert worker(work.work) == 1
    expect(status).to_have_text("Your file is ready.")


def test_without_scripts_a_link_looks_again(visitor_without_scripts, worker):
    page = visitor_without_scripts
    order(page)
    status = page.locator("#print-order [role=status]")
    expect(page.get_by_text("This page looks again by itself.")).to_be_hidden()

    worker(work.work)
    expect(status).to_have_text("Your file waits for its turn.")
    page.get_by_role("link", name="Look again").click()

    expect(status).to_have_text("Your file is ready.")
    expect(page.get_by_role("link", name="Open the file (PDF")).to_be_visible()
    expect(page.get_by_role("link", name="Look again")).to_have_count(0)
