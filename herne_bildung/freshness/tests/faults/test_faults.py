"""1,000 mails go out while everything breaks that can break; with `quality --all`
5,000.
"""

import logging
import sys
import time

import pytest

from herne_bildung.freshness.tests.conftest import free_port
from herne_bildung.freshness.tests.faults.mail_server import FaultyServer
from herne_bildung.freshness.tests.faults.stack import Stack

pytestmark = pytest.mark.long

MAILS, SWEEP_MAILS = 1000, 5000
# Of each hundred mails so many meet this fault of the mail server.
FAULTS = {"later": 2, "cut": 2, "never": 1}
# A silent server costs a worker two seconds each time.
SILENT = 4
FILL = """
INSERT INTO freshness_outgoingmail
  (key, recipient, reply_to, subject, text, html, list_unsubscribe, created_at,
   due_at, attempts, last_error, is_one_click)
SELECT 'test:' || n,
  CASE WHEN n <= {silent} THEN 'silent' WHEN n % 100 < {later} THEN 'later'
       WHEN n % 100 < {cut} THEN 'cut' WHEN n % 100 < {never} THEN 'never'
       ELSE 'good' END || '-' || n || '@traeger.example',
  '', 'Bitte prüfen', 'Text', '', '', now(), now() - interval '1 second', 0, '',
  false
FROM generate_series(1, {mails}) n
"""
# More than a claim lasts, and than the longest wait after a failure.
LONG = 45 * 60


def filling(mails: int) -> str:
    """The statement that puts so many mails into the outbox."""
    later, cut, never = FAULTS["later"], FAULTS["cut"], FAULTS["never"]
    return FILL.format(
        mails=mails,
        silent=SILENT,
        later=later,
        cut=later + cut,
        never=later + cut + never,
    )


@pytest.fixture
def mails(pytestconfig) -> int:
    sweep = pytestconfig.getoption("--all-languages", default=False)
    return SWEEP_MAILS if sweep else MAILS


@pytest.fixture
def stack(tmp_path, caplog, mails):
    # A line for each word of each mail would take most of the time.
    caplog.set_level(logging.ERROR, logger="mail.log")
    port = free_port()
    server = FaultyServer(port)
    found = Stack(tmp_path, port)
    server.controller.start()
    for name in ("postgres", "valkey"):
        found.start_server(name)
    try:
        found.run("migrate", "--verbosity=0")
        found.execute(filling(mails))
        yield found, server
    finally:
        found.stop()
        server.controller.stop()


def test_no_mail_is_lost_or_stuck_and_none_comes_twice_without_cause(stack, mails):
    running, server = stack
    interruptions = 0
    for name in ("worker-1", "worker-2", "beat-1", "beat-2"):
        running.start_part(name)

    # Per cent of the mails that still wait, and what breaks then.
    for left, fault in (
        (92, "worker-1"),
        (84, "worker-2"),
        (76, "valkey"),
        (66, "worker-1"),
        (56, "postgres"),
        (44, "worker-2"),
        (36, "beat-1"),
        (30, "valkey"),
        (20, "worker-1"),
    ):
        running.wait_until_fewer(mails * left // 100, patience=60)
        if fault in running.servers:
            running.stop_server(fault)
            time.sleep(0.5)
            running.start_server(fault)
        else:
            running.kill(fault)
        # Each of two workers may have been about to note what the server had taken.
        interruptions += {"postgres": 2, "valkey": 0}.get(fault, 1)
        running.skip(LONG)
    running.let_time_pass(LONG, patience=120)

    rows = running.query(
        "SELECT recipient, sent_at IS NOT NULL, failed_at IS NOT NULL"
        " FROM freshness_outgoingmail"
    )
    sent = {recipient for recipient, is_sent, _ in rows if is_sent}
    given_up = {recipient for recipient, _, is_failed in rows if is_failed}
    twice = {address for address, number in server.taken.items() if number > 1}
    unexplained = twice - set(server.cut)
    sys.stdout.write(
        f"\n{mails} mails: {len(sent)} sent, {len(given_up)} given up, "
        f"{len(sent - set(server.taken))} lost, "
        f"{mails - len(sent | given_up)} stuck; refused for now {server.refused}, "
        f"unanswered {server.silent}, connection cut {len(server.cut)}; "
        f"taken twice {len(twice)}, of them {len(unexplained)} at "
        f"{interruptions} interruptions\n"
    )

    assert len(rows) == mails
    assert sent - set(server.taken) == set()
    assert given_up == {f"never-{n}@traeger.example" for n in range(1, mails + 1)} & {
        recipient for recipient, *_ in rows
    }
    assert len(sent) == mails - len(given_up)
    assert {len(ids) for ids in server.message_ids.values()} == {1}
    assert max(server.taken[address] for address in twice) == 2
    assert set(server.cut) <= twice
    assert len(unexplained) <= interruptions
