"""Which addresses are public; the table is of RFC 6890 and its neighbours."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.addresses import check_address, is_public
from leitstand.connectors.errors import Refused, Unreachable
from leitstand.connectors.watch import Inside, only_public

PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::808:808")
PRIVATE = (
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.0.1"),
    *("192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "3fff::1"),
    *("fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1"),
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_changes_nothing(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = (0xFFFF << 32 | number, 0x64_FF9B << 96 | number, 0x2002 << 112 | number << 80)
    assert {is_public(str(ipaddress.IPv6Address(one))) for one in wrapped} == {is_public(str(address))}


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(_host: Any, port: Any, **_more: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def test_one_private_address_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(Refused) as told:
        check_address("mixed.example", 443)
    assert told.value.places == {"host": "mixed.example"}


def test_all_addresses_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "8.8.8.8", "8.8.4.4", "8.8.8.8")
    assert check_address("dns.example", 443) == ["8.8.8.8", "8.8.4.4"]


@pytest.mark.parametrize("named", ["inside.example", "inside.example:8080"])
@pytest.mark.parametrize("host", ["inside.example", "INSIDE.example", "inside.example."])
def test_named_hosts_may_be_private(monkeypatch: pytest.MonkeyPatch, named: str, host: str) -> None:
    resolving(monkeypatch, "10.0.0.1")
    assert check_address(host, 8080, frozenset({named})) == ["10.0.0.1"]
    with pytest.raises(Refused):
        check_address(f"other-{host}", 8080, frozenset({named}))


def test_a_named_port_is_only_that_port(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "10.0.0.1")
    with pytest.raises(Refused):
        check_address("inside.example", 22, frozenset({"inside.example:8080"}))


@pytest.mark.parametrize("host", ["no-such-name.invalid", "a" * 70 + ".example", ""])
def test_no_such_name(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def failing(name: str, *rest: Any, **more: Any) -> Any:
        if name.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(name, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", failing)
    with pytest.raises((Unreachable, Refused)):
        check_address(host, 80)


def test_a_library_of_its_own_connects_to_public_addresses_only() -> None:
    """Nobody needs to listen: the connection is judged before it is made."""
    with only_public() as refused, pytest.raises(Inside):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    assert refused == ["127.0.0.1"]


def test_what_gives_a_name_instead_of_an_address_is_not_connected() -> None:
    with only_public() as refused, socket.socket() as one, pytest.raises(Inside):
        one.connect(("localhost", 9))
    assert refused == ["localhost"]


def test_outside_of_it_and_to_named_hosts_connections_are_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = server.getsockname()
        socket.create_connection(place).close()
        with only_public(frozenset({f"127.0.0.1:{place[1]}"})) as refused:
            socket.create_connection(place).close()
    assert refused == []
