"""Which addresses may be reached: public ones, and private ones only when they are named.

Guards against requests that a stranger's URL would send into our own network (SSRF). The check is made on the
very address that is then connected, so a name that changes its mind in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket

from leitstand.connectors.errors import Refused, Unreachable

PRIVATE = "This address lies inside a private network and is not reached: {host}"
UNKNOWN = "There is no server with this name: {host}"


def is_public(address: str) -> bool:
    """Whether an IP address is reachable for everybody: not loopback, private, link-local, reserved ..."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (inner := ip.ipv4_mapped or ip.sixtofour):
        ip = inner
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int, private_hosts: frozenset[str] = frozenset()) -> list[str]:
    """The addresses that may be connected for this host. Raises Refused (private) or Unreachable (no such name)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unreachable(UNKNOWN, f"{host}: {error}", host=host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if is_named(host, port, private_hosts):
        return addresses
    allowed = [address for address in addresses if is_public(address)]
    if not allowed or len(allowed) < len(addresses):
        raise Refused(PRIVATE, f"{host} resolves to {', '.join(addresses)}", host=host)
    return allowed


def is_named(host: str, port: int, private_hosts: frozenset[str]) -> bool:
    """Whether the operator has named this host ("name" or "name:port") as allowed."""
    return host.lower() in private_hosts or f"{host.lower()}:{port}" in private_hosts
