"""Alarm addresses: where a person wants to be called, on the services of Apprise (https://appriseit.com/) listed here.

A service is listed when it speaks to its own fixed servers, or to one host that can be looked at beforehand. Refused
are parameters that make it read a file or another address, or rest for long. Addresses are checked before they are
saved, and each connection of a call as it is made (`connectors.watch`): no private networks (unless named in
LEITSTAND_PRIVATE_HOSTS), so that nobody reaches through Leitstand what only it can reach.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from leitstand.connectors.addresses import check_address
from leitstand.connectors.errors import ConnectorError, Refused
from leitstand.connectors.watch import only_public
from leitstand.core.errors import Declined, NotYet
from leitstand.core.models import Person
from leitstand.core.secrets.vault import keys_kept, seal, unseal

# To a server of one's own or of one's choice: `HOSTS` names it.
OWN_SERVER = (
    "json jsons xml xmls form forms mailto mailtos ntfy ntfys gotify gotifys mmost mmosts rocket rockets "
    "nctalk nctalks matrix matrixs signal signals workflow workflows"
)
# To the fixed servers of whoever offers the service.
HOSTED = (
    "tgram slack discord gchat webex wxteams flock threema whatsapp pover pbul prowl pagerduty pagertree opsgenie "
    "splunk victorops signl4 ilert incidentio squadcast twilio vonage nexmo msgbird clicksend seven d7sms"
)
SERVICES = frozenset(f"{OWN_SERVER} {HOSTED}".split())
READING = {"template", "keyfile", "subfile", "attach", "attachment", "config", "file", "include"}
READING_KEYS = {"pgp", "pgppub", "pgpprv", "wkd"}
RESTING = {"retry", "wait", "rto", "cto"}
REFUSED = READING | READING_KEYS | RESTING
HOSTS = ("host", "smtp_host")
LONGEST = 20


def addresses(person: Person) -> list[str]:
    """The person's alarm addresses, opened."""
    return unseal(person.sealed_apprise).get("urls", "").split()


def hidden(address: str) -> str:
    """Only the kind of the address: host, path and parameters may all be secrets."""
    return address.split(":", 1)[0][:LONGEST] + "://…"


def keep(person: Person, wanted: list[str]) -> None:
    """Seals checked addresses with the person; an empty list removes them."""
    for address in wanted:
        check(address)
    with keys_kept():
        sealed = seal({"urls": "\n".join(wanted)}) if wanted else ""
        Person.objects.filter(pk=person.pk).update(sealed_apprise=sealed)


def check(address: str) -> None:
    """Declined when it is not understood or no listed service, reads files, or leads to a private network."""
    _checked(address)


def call(address: str, title: str, body: str) -> None:
    """Calls one address. Declined when it must not be called; NotYet, without secrets, when it did not take it."""
    with only_public(settings.PRIVATE_HOSTS) as refused:
        taken = _notify(address, title, body)
    if refused and not taken:
        raise _inside(address)
    if not taken:
        raise NotYet(_("The alarm address did not take the message: %(address)s") % {"address": hidden(address)})


def _notify(address: str, title: str, body: str) -> bool:
    """The service ends with this: some sign out when they go, and must still be watched then."""
    service = _checked(address)
    service.redirects = service.discovery = False  # another address than the checked one may lie inside
    return bool(service.notify(title=title, body=body or title))


def _checked(address: str) -> Any:
    kind, facts, service = {"address": hidden(address)}, _parts(address), None
    if facts and facts["schema"] not in SERVICES:
        raise Declined(_("Leitstand does not send alarms to this service: %(address)s") % kind)
    if facts and (refused := sorted(REFUSED & set(facts["qsd"]))):
        text = _("This parameter is not allowed in an alarm address: %(name)s")
        raise Declined(text % {"name": refused[0]})
    service = _service(facts) if facts else None
    if service is None:
        raise Declined(_("This alarm address is not understood: %(address)s") % kind)
    hosts = [host for name in HOSTS if (host := getattr(service, name, None))]
    if any(_is_private(host, _port(service)) for host in hosts):
        raise _inside(address)
    return service


def _inside(address: str) -> Declined:
    return Declined(_("This alarm address leads into a private network: %(address)s") % {"address": hidden(address)})


def _parts(address: str) -> dict[str, Any] | None:
    """What Apprise makes of it: addresses as the services show them (https://…) become those of the service."""
    from apprise.plugins import url_to_dict  # takes 0.2 s and much memory; most processes never need it

    found: dict[str, Any] | None = url_to_dict(address)
    return found


def _service(parts: dict[str, Any]) -> Any:
    import apprise

    return apprise.Apprise.instantiate(parts, suppress_exceptions=True)


def _port(service: Any) -> int:
    return int(getattr(service, "port", None) or (443 if service.secure else 80))


def _is_private(host: str, port: int) -> bool:
    """Hosts of hosted services are tokens and resolve to nothing; only what resolves can be private."""
    try:
        check_address(host, port, settings.PRIVATE_HOSTS)
    except ConnectorError as error:
        return isinstance(error, Refused)
    return False
