"""Which addresses may be reached: public ones, and private ones only when they are named.

Guards against requests that a stranger's URL would send into our own network (SSRF,
https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html).
Whoever connects must connect to the very address that was checked, so that a name which changes its mind in
between (DNS rebinding) gains nothing: `guard` does so for httpx.
"""

from __future__ import annotations

import ipaddress
import socket

from leitstand.connectors.errors import Refused, Unreachable

PRIVATE = "This address lies inside a private network and is not reached: {host}"
UNKNOWN = "There is no server with this name: {host}"
# https://www.iana.org/assignments/ipv6-unicast-address-assignments/ : all public IPv6 lies here
PUBLIC_V6 = ipaddress.ip_network("2000::/3")
# RFC 6052: IPv4 behind a translator
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# special blocks that Python 3.11 still calls global: RFC 6890, RFC 7526, RFC 9637
SPECIAL = tuple(ipaddress.ip_network(block) for block in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not loopback, private, link-local, reserved ...

    IPv4 that is wrapped in IPv6 (mapped, 6to4, NAT64) is judged as what it is. Raises ValueError for no address.
    """
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    return (ip.version == 4 or ip in PUBLIC_V6) and not any(ip in block for block in SPECIAL)


def _unwrapped(ip: Address) -> Address:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def check_address(host: str, port: int, private_hosts: frozenset[str] = frozenset()) -> list[str]:
    """The addresses that may be connected for this host, in the order of the resolver.

    Raises Refused when even one of them is private and the operator has not named the host, and Unreachable
    when there is no such name.
    """
    addresses = _look_up(host, port)
    if is_named(host, port, private_hosts) or all(is_public(address) for address in addresses):
        return addresses
    raise Refused(PRIVATE, f"{host} resolves to {', '.join(addresses)}", host=host)


def is_named(host: str, port: int, private_hosts: frozenset[str]) -> bool:
    """Whether the operator has named this host ("name", "name:port", "[::1]:port") as allowed."""
    name = host.lower().strip("[]").rstrip(".")
    return bool({name, f"{name}:{port}", f"[{name}]:{port}"} & private_hosts)


def _look_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(UNKNOWN, f"{host}: {error}", host=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
