"""Alarm addresses: where a person wants to be called, on any service Apprise knows (https://appriseit.com/).

Checked before they are saved and again before each call: no services of this machine, no private networks
(unless named in LEITSTAND_PRIVATE_HOSTS), so that nobody reaches through Leitstand what only it can reach.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.core.vault import seal, unseal

THIS_MACHINE = {"dbus", "kde", "qt", "glib", "gnome", "macosx", "windows", "syslog", "custom"}
HOSTS = ("host", "smtp_host")
LONGEST = 20


def addresses(person: Person) -> list[str]:
    """The person's alarm addresses, opened."""
    return unseal(person.sealed_apprise).get("urls", "").split()


def hidden(address: str) -> str:
    """The address with its secrets hidden, for the page."""
    service = _service(address)
    return service.url(privacy=True) if service else address.split(":", 1)[0] + "://…"


def keep(person: Person, wanted: list[str]) -> None:
    """Seals checked addresses with the person; an empty list removes them."""
    for address in wanted:
        check(address)
    Person.objects.filter(pk=person.pk).update(sealed_apprise=seal({"urls": "\n".join(wanted)}) if wanted else "")


def check(address: str) -> None:
    """Declined when the address is not understood, or leads to this machine or a private network."""
    scheme = address.split(":", 1)[0].lower()
    service = None if scheme in THIS_MACHINE else _service(address)
    if service is None:
        raise Declined(_("This alarm address is not understood: %(address)s…") % {"address": address[:LONGEST]})
    if any(_is_private(getattr(service, name, None)) for name in HOSTS):
        raise Declined(_("This alarm address leads into a private network: %(address)s…") % {"address": scheme})


def call(person: Person, title: str, body: str) -> None:
    """Calls all addresses. Declined, naming the service but no secret, when one did not take it."""
    for address in addresses(person):
        check(address)
        service = _service(address)
        if service:
            service.redirects = False  # another address than the checked one may lie inside
        if service is None or not service.notify(title=title, body=body or title):
            raise Declined(_("The alarm address did not take the message: %(address)s") % {"address": hidden(address)})


def _service(address: str) -> Any:
    import apprise  # takes 0.2 s and much memory; most processes never need it

    return apprise.Apprise.instantiate(address, suppress_exceptions=True)


def _is_private(host: str | None) -> bool:
    """Hosts of hosted services are tokens and resolve to nothing; only what resolves can be private."""
    host = (host or "").strip("[]")
    if not host or host in settings.PRIVATE_HOSTS:
        return False
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(entry[4][0]).is_global for entry in found)
