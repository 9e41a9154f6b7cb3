from datetime import UTC, datetime, timedelta

import pytest

from herne_bildung.lib import clock, form_token
from herne_bildung.lib.form_token import LONGEST_AGE, SHORTEST_AGE, Problem


@pytest.mark.parametrize(
    ("age", "problem"),
    [
        (0, Problem.TOO_QUICK),
        (SHORTEST_AGE - 2, Problem.TOO_QUICK),
        (SHORTEST_AGE + 1, None),
        (LONGEST_AGE - 10, None),
        (LONGEST_AGE + 10, Problem.TOO_OLD),
        (-3600, Problem.TOO_QUICK),
    ],
)
def test_token_counts_from_seconds_to_hours(age, problem):
    token = form_token.make("barrier")

    clock.shift(timedelta(seconds=age))

    assert form_token.problem("barrier", token) is problem


@pytest.mark.parametrize(
    ("age", "problem"),
    [
        (SHORTEST_AGE - 0.5, Problem.TOO_QUICK),
        (SHORTEST_AGE, None),
        (LONGEST_AGE, None),
        (LONGEST_AGE + 0.5, Problem.TOO_OLD),
    ],
)
def test_both_ends_of_its_time_belong_to_it(monkeypatch, age, problem):
    made_at = datetime(2026, 10, 6, 8, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: made_at)
    token = form_token.make("barrier")

    monkeypatch.setattr(clock, "now", lambda: made_at + timedelta(seconds=age))

    assert form_token.problem("barrier", token) is problem


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\0", "\ud800", "ä" * 1000])
def test_what_we_did_not_sign_is_invalid(token):
    assert form_token.problem("barrier", token) is Problem.INVALID
    with pytest.raises(ValueError, match="not a token"):
        form_token.identity("barrier", token)


def test_token_of_another_form_or_changed_is_invalid():
    token = form_token.make("barrier")

    assert form_token.problem("subscribe", token) is Problem.INVALID
    assert form_token.problem("barrier", token[:-1]) is Problem.INVALID
    assert form_token.problem("barrier", "x" + token) is Problem.INVALID


def test_tokens_of_one_second_differ_and_keep_their_identity():
    tokens = [form_token.make("barrier") for _ in range(50)]

    names = [form_token.identity("barrier", token) for token in tokens]

    assert len(set(names)) == 50
    assert names == [form_token.identity("barrier", token) for token in tokens]
    assert all(len(token) < form_token.LONGEST_TOKEN for token in tokens)
