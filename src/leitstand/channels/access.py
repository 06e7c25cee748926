"""Asks a network whether what was typed opens an account, and turns the answer into columns of a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitstand.channels import health
from leitstand.channels.calls import own_address, without_secrets
from leitstand.channels.wires import fresh_wire
from leitstand.channels.words import in_words, lazy_in_words
from leitstand.connectors import registry
from leitstand.connectors.bounds import kept
from leitstand.connectors.errors import ConnectorError, NotAllowed
from leitstand.connectors.outcomes import SAY_ACCESS, SAY_ADDRESS
from leitstand.connectors.protocol import Connected, Network
from leitstand.core.errors import Declined, Text
from leitstand.core.secrets import house_pass
from leitstand.core.secrets.vault import seal

LONGEST = 300


def ask_network(slug: str, answers: Mapping[str, str]) -> Connected:
    """Who we are there. Declined: unknown network, a field is empty, or the network's own reason.

    Called outside any transaction: the answer may take a while.
    """
    try:
        kind: Any = registry.connector(slug)
    except KeyError as error:
        raise Declined(_("This network is not known here."), slug, status=404) from error
    network: Network = kind.network
    _check_filled(network, answers)
    try:
        with fresh_wire() as wire:
            found: Connected = kind.connect(wire, {**answers, **_of_the_house(network)})
    except ConnectorError as error:
        raise _declined(network, without_secrets(error, _secrets(network, answers))) from None
    return as_kept(network, found)


def _declined(network: Network, error: ConnectorError) -> Declined:
    """Why there is no connection. What opens nothing was mistyped: says what to check, and where it is found."""
    secret = [field for field in network.fields if field.secret]
    say: Text = lazy_in_words(network, error.say, error.places)
    if not secret or not isinstance(error, NotAllowed):
        return Declined(say, error.detail)
    if error.say == SAY_ACCESS:
        names = ", ".join(in_words(network, field.label) for field in network.fields if field.required)
        say = _("The network does not accept this. Please check: %(names)s") % {"names": names}
    return Declined(say, error.detail, hints=[lazy_in_words(network, field.help) for field in secret])


def _of_the_house(network: Network) -> dict[str, str]:
    """What a network that lives here is told beside the answers: where it lives, and that somebody in here asks."""
    part = network.house_path
    return {"address": own_address(network), "pass": house_pass.issue(part)} if part else {}


def as_kept(network: Network, found: Connected) -> Connected:
    """The connection as a channel can keep it. Declined: its address does not fit, and cut off would lead elsewhere.

    Without the address of a network that lives here: it is told anew at every call.
    """
    found = kept(found)
    for place in (found.account.address, found.account.remote_id):
        if len(place) > LONGEST:
            raise Declined(lazy_in_words(network, SAY_ADDRESS, {"host": place[:100]}), place)
    return found if not network.house_path else replace(found, account=replace(found.account, address=""))


def columns_of(slug: str, found: Connected, answers: Mapping[str, str]) -> dict[str, Any]:
    """What a channel keeps of a checked connection; secrets sealed, the harmless answers as they were typed."""
    account = found.account
    harmless = {field.name for field in registry.network(slug).fields if not field.secret}
    return health.columns_of_names(found) | {
        "address": account.address,
        "remote_id": account.remote_id,
        "limits": dict(found.limits),
        "sealed_secrets": seal(account.secrets),
        "answers": {name: value for name, value in answers.items() if name in harmless},
        "may_publish": found.may_publish,
        "may_read_replies": found.may_read_replies,
        "expires_at": found.expires_at,
        "followers": found.followers,
    }


def _secrets(network: Network, answers: Mapping[str, str]) -> dict[str, str]:
    return {field.name: answers.get(field.name, "").strip() for field in network.fields if field.secret}


def _check_filled(network: Network, answers: Mapping[str, str]) -> None:
    needed = [field for field in network.fields if field.required]
    missing = [in_words(network, field.label) for field in needed if not answers.get(field.name, "").strip()]
    if missing:
        raise Declined(_("Please fill in: %(names)s") % {"names": ", ".join(missing)})
