"""How often something may be done from one network, and by all together.

Many people stand behind one address (a school, a library, a mobile network), so the
limits are generous, and a limit for all holds against a flood from many addresses.
Addresses are kept only as one of some thousand slots, no longer than the period.
"""

import hashlib
import ipaddress
import logging
from dataclasses import dataclass

import redis
from django.conf import settings
from django.http import HttpRequest

from herne_bildung.lib.page_cache import client

logger = logging.getLogger(__name__)

SLOTS = 4096
# One household or office: all of an IPv4 address, the usual IPv6 allotment.
PREFIX = {4: 32, 6: 56}


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in `seconds` from the first on, by one network and by all."""

    name: str
    by_network: int
    by_all: int
    seconds: int = 3600


def is_allowed(limit: Limit, request: HttpRequest) -> bool:
    """Count one more; False when this network or all together had enough.

    Without Redis everything is allowed.
    """
    network = f"rate:{limit.name}:{slot(network_of(request))}"
    everyone = f"rate:{limit.name}:all"
    try:
        counted = []
        for key in (network, everyone):
            with client().pipeline() as steps:
                steps.set(key, 0, ex=limit.seconds, nx=True).incr(key)
                counted.append(steps.execute()[1])
            if counted[0] > limit.by_network:
                return False
    except redis.RedisError as error:
        logger.warning("not counted for a limit: %s", error)
        return True
    return counted[1] <= limit.by_all


def network_of(request: HttpRequest) -> str:
    """The network a request comes from, as a prefix; "" when it is unknown.

    Behind proxies the address is the one which the outermost of our
    `settings.PROXY_COUNT` proxies added; what stands before it anyone can invent.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = forwarded[-settings.PROXY_COUNT :][0].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network((parsed, PREFIX[parsed.version]), strict=False))


def address_of(request: HttpRequest) -> str | None:
    """The first address of that network, to keep with a failed sign-in."""
    return network_of(request).partition("/")[0] or None


def slot(network: str) -> int:
    """The number under which a network is counted; several share one."""
    digest = hashlib.blake2b(
        network.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=4
    )
    return int.from_bytes(digest.digest()) % SLOTS
