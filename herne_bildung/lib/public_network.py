"""Which network addresses belong to the public internet and to nobody's inside.

For whatever fetches addresses that other people wrote: the machine it runs on, its
neighbours and the services of its provider must not be reachable that way.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# All of today's global unicast; the rest of IPv6 is special or not given out.
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
# Addresses that carry an IPv4 address in their last 32 bits.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# Global on paper, special in fact: protocol assignments, relays of 6to4, a service
# of a cloud provider inside its machines' network; Teredo hides an IPv4 address.
SPECIAL = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "2001::/23",
        "3fff::/20",
    )
]


def is_public(text: str) -> bool:
    """Whether an address is global unicast, whatever it is wrapped in.

    False for what is no address, and for one with a zone (`fe80::1%eth0`).
    """
    if "%" in text:
        return False
    try:
        address = unwrapped(ipaddress.ip_address(text))
    except ValueError:
        return False
    if address.version == 6 and address not in GLOBAL_IPV6:
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in SPECIAL)
    )


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, NAT64, 6to4), else the same."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
