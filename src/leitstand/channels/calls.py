"""Speaks with the networks for the rooms above. Errors come back as values, never a token with them.

The wire is kept per thread and channel, so that many posts in a row need one connection only. Whoever gets
NotAllowed marks the channel: it must be reconnected, and its queue waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from leitstand.channels import health
from leitstand.channels.models import Channel
from leitstand.channels.queries import connector_of
from leitstand.connectors.errors import ConnectorError, NotAllowed
from leitstand.connectors.http import open_wire
from leitstand.connectors.protocol import Account, Budget, Connector, Content, Figures, Page, Published
from leitstand.core.vault import seal, unseal

T = TypeVar("T")
_kept = threading.local()


def private_hosts() -> frozenset[str]:
    """Hosts the operator has allowed, and our own address for the practice network."""
    return settings.PRIVATE_HOSTS | {urlsplit(settings.PUBLIC_URL).netloc}


def wire_for(key: int = 0, on_budget: Callable[[Budget], None] | None = None) -> httpx.Client:
    """The kept wire of this thread for a channel; key 0 is a fresh one for connecting."""
    if not key:
        return open_wire(private_hosts())
    wires: dict[int, httpx.Client] = _kept.__dict__.setdefault("wires", {})
    if key not in wires:
        wires[key] = open_wire(private_hosts(), on_budget)
    return wires[key]


def speaking(channel: Channel) -> Connector:
    """The connector of the channel, ready to be called."""
    account = Account(channel.address, channel.handle, unseal(channel.sealed_secrets), channel.remote_id)
    wire = wire_for(channel.pk, lambda budget: health.note_budget(channel.pk, budget))
    return connector_of(channel)(wire, account)


def deliver(channel: Channel, content: Content, key: str) -> Published | ConnectorError:
    """Publishes once for the key."""
    return _call(channel, lambda connector: connector.publish(content, key))  # type: ignore[attr-defined, no-any-return]


def find(channel: Channel, content: Content, key: str, since: datetime) -> Published | ConnectorError | None:
    """Looks up whether the sending with this key happened."""
    return _call(channel, lambda connector: connector.find(content, key, since))  # type: ignore[attr-defined, no-any-return]


def edit(channel: Channel, remote_id: str, content: Content) -> Published | ConnectorError:
    return _call(channel, lambda connector: connector.edit(remote_id, content))  # type: ignore[attr-defined, no-any-return]


def delete(channel: Channel, remote_id: str) -> ConnectorError | None:
    return _call(channel, lambda connector: connector.delete(remote_id))  # type: ignore[attr-defined, no-any-return]


def reply(channel: Channel, to: str, content: Content, key: str) -> Published | ConnectorError:
    return _call(channel, lambda connector: connector.reply(to, content, key))  # type: ignore[attr-defined, no-any-return]


def listen(channel: Channel, cursor: str | None) -> Page | ConnectorError:
    return _call(channel, lambda connector: connector.listen(cursor))  # type: ignore[attr-defined, no-any-return]


def measure(channel: Channel, remote_id: str) -> Figures | ConnectorError:
    return _call(channel, lambda connector: connector.measure(remote_id))  # type: ignore[attr-defined, no-any-return]


def _call(channel: Channel, step: Callable[[Connector], T]) -> T | ConnectorError:
    connector = speaking(channel)
    try:
        return step(connector)
    except NotAllowed as error:
        health.ask_reconnection(channel, error)
        return error
    except ConnectorError as error:
        return error
    finally:
        _keep_fresh_secrets(channel, connector)


def _keep_fresh_secrets(channel: Channel, connector: Connector) -> None:
    """A connector may have renewed its tokens while it worked."""
    secrets = dict(connector.account.secrets)  # type: ignore[attr-defined]
    if secrets != unseal(channel.sealed_secrets):
        channel.sealed_secrets = seal(secrets)
        Channel.objects.filter(pk=channel.pk).update(sealed_secrets=channel.sealed_secrets)
