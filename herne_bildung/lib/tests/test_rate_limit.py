import pytest
from django.test import RequestFactory

from herne_bildung.lib import page_cache, rate_limit
from herne_bildung.lib.rate_limit import Limit, address_of, is_allowed, network_of

pytestmark = pytest.mark.usefixtures("nobody_counted")
LIMIT = Limit("test", by_network=2, by_all=5, seconds=60)


def asked(address: str = "192.0.2.1", forwarded: str = ""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1/32"),
        ("2001:db8:1:2ab:3::4", "2001:db8:1:200::/56"),
        ("::ffff:192.0.2.1", "192.0.2.1/32"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_network_is_what_one_household_has(address, network):
    assert network_of(asked(address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "203.0.113.7", "192.0.2.1/32"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7/32"),
        (2, "198.51.100.1, 203.0.113.7", "198.51.100.1/32"),
        (3, "203.0.113.7", "203.0.113.7/32"),
        (1, "", "192.0.2.1/32"),
        (1, "198.51.100.1, nonsense", ""),
    ],
)
def test_only_our_proxies_are_believed(settings, proxies, forwarded, network):
    settings.PROXY_COUNT = proxies

    assert network_of(asked(forwarded=forwarded)) == network


@pytest.mark.parametrize(
    ("address", "kept"),
    [("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2ab::4", "2001:db8:1:200::"), ("", None)],
)
def test_address_to_keep_is_the_first_of_the_network(address, kept):
    assert address_of(asked(address)) == kept


def test_one_network_and_all_together_are_limited():
    same = [is_allowed(LIMIT, asked()) for _ in range(4)]
    others = [is_allowed(LIMIT, asked(f"198.51.100.{n}")) for n in range(4)]

    # Refused ones of a network do not use up what is left for all.
    assert same == [True, True, False, False]
    assert others == [True, True, True, False]


def test_limits_of_different_names_are_counted_apart():
    for _ in range(3):
        is_allowed(LIMIT, asked())

    assert is_allowed(Limit("other", by_network=1, by_all=1), asked()) is True


def test_counts_end_and_are_bounded_and_name_nobody(monkeypatch):
    monkeypatch.setattr(rate_limit, "SLOTS", 4)
    for number in range(40):
        is_allowed(Limit("test", 1000, 1000), asked(f"192.0.2.{number}"))

    keys = list(page_cache.client().scan_iter("rate:*"))
    assert len(keys) <= 5
    assert all(0 < page_cache.client().ttl(key) <= 3600 for key in keys)
    assert not any(b"192.0.2" in key for key in keys)


def test_without_redis_everything_is_allowed(settings):
    settings.CACHE_URL = "unix:///nowhere/at/all.sock?db=0"
    page_cache.client.cache_clear()

    try:
        assert [is_allowed(LIMIT, asked()) for _ in range(4)] == [True] * 4
    finally:
        page_cache.client.cache_clear()
