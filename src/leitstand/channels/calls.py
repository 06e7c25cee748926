"""Speaks with the networks for the rooms above. Errors come back as values, never a token with them.

    with speaking(channel) as connector:        # raises ConnectorError
        connector.check()
    deliver(channel, content, key)              # Published, or the ConnectorError as a value

Whoever gets NotAllowed marks the channel: it must be reconnected, and its queue waits. What the network says of
our rate limit, and tokens a connector has renewed, are stored when the call ends; a call that began with an access
which has been replaced since says nothing of the new one. Whatever comes back is within the bounds of what the house
can keep (`connectors.bounds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings

from leitstand.channels import health
from leitstand.channels.models import Channel
from leitstand.channels.queries import connector_of
from leitstand.channels.wires import kept_wire, last_budget
from leitstand.connectors.bounds import kept
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, Unreachable, Unsure
from leitstand.connectors.guard import is_over, within
from leitstand.connectors.outcomes import SAY_ACCESS, SAY_UNSURE
from leitstand.connectors.protocol import Account, Connector, Content, Figures, Item, Network, Page, Published, can
from leitstand.core.errors import Declined
from leitstand.core.persist import surely
from leitstand.core.secrets.vault import seal, unseal

T = TypeVar("T")
SAY_CANNOT = "This network cannot do that."
SAY_GONE = "This channel is disconnected."
A_POST, A_PART, A_LOOK = 60.0, 30.0, 30.0


@contextmanager
def speaking(channel: Channel) -> Iterator[Connector]:
    """The connector of the channel, its secrets unsealed. A ConnectorError inside is cleaned of secrets."""
    secrets = _secrets_of(channel)
    if channel.is_gone:
        raise NotAllowed(SAY_GONE, f"channel {channel.pk} holds no access")
    kind = connector_of(channel)
    account = Account(channel.address or own_address(kind.network), channel.handle, secrets, channel.remote_id)
    connector = kind(kept_wire(channel.pk), account)
    try:
        yield connector
    except ConnectorError as error:
        raise without_secrets(error, secrets) from None
    finally:
        _keep(channel, connector, secrets)


def _secrets_of(channel: Channel) -> dict[str, str]:
    """Access sealed with a key that is lost is no access: the channel must be reconnected."""
    try:
        return unseal(channel.sealed_secrets)
    except Declined as error:
        raise NotAllowed(SAY_ACCESS, str(error)) from error


def own_address(network: Network) -> str:
    """Where a network lives that is part of this installation; else empty.

    It is never stored: the port may be another one at the next start.
    """
    return f"{settings.PUBLIC_URL}/{network.house_path}" if network.house_path else ""


def deliver(channel: Channel, content: Content, key: str) -> Published | ConnectorError:
    """Publishes once for the key. What is not done when its time is over (`longest`) is Unsure."""
    return _in_time(longest(content), lambda: _deliver(channel, content, key))


def longest(content: Content) -> float:
    """Seconds a sending may take: a minute, and half a minute more for each image and each further part."""
    return A_POST + A_PART * (len(content.images) + len(content.thread))


def _in_time(seconds: float, send: Callable[[], Published | ConnectorError]) -> Published | ConnectorError:
    with within(seconds):
        answer = send()
        if isinstance(answer, Unreachable) and is_over():
            return Unsure(SAY_UNSURE, f"took longer than {seconds:.0f} s: {answer.detail}")
        return answer


def _deliver(channel: Channel, content: Content, key: str) -> Published | ConnectorError:
    return _call(channel, "publish", lambda connector: connector.publish(content, key))


def find(channel: Channel, content: Content, key: str, since: datetime) -> Published | ConnectorError | None:
    """Looks up whether the sending with this key happened."""
    return _call(channel, "find", lambda connector: connector.find(content, key, since))


def edit(channel: Channel, remote_id: str, content: Content) -> Published | ConnectorError:
    """Changes a published post in place."""
    return _call(channel, "edit", lambda connector: connector.edit(remote_id, content))


def delete(channel: Channel, remote_id: str) -> ConnectorError | None:
    """Takes a post down; one already gone is success."""
    return _call(channel, "delete", lambda connector: connector.delete(remote_id))


def reply(channel: Channel, to: str, content: Content, key: str) -> Published | ConnectorError:
    """Answers an item, once for the key. What is not done when its time is over (`longest`) is Unsure."""
    return _in_time(longest(content), lambda: _reply(channel, to, content, key))


def _reply(channel: Channel, to: str, content: Content, key: str) -> Published | ConnectorError:
    return _call(channel, "reply", lambda connector: connector.reply(to, content, key))


def listen(channel: Channel, cursor: str | None) -> Page | ConnectorError:
    """What was said to us since the cursor; where that cannot be read, the channel's health shows it."""
    found = _call(channel, "listen", lambda connector: connector.listen(cursor))
    health.note_inbox(channel, found if isinstance(found, ConnectorError) else None)
    return found


def own_answers(channel: Channel, since: datetime) -> tuple[Item, ...] | ConnectorError:
    """What our account answered there since then, in whatever app, oldest first. It takes `A_LOOK` at most."""
    with within(A_LOOK):
        return _call(channel, "recall", lambda connector: connector.own_answers(since))


def measure(channel: Channel, remote_id: str) -> Figures | ConnectorError:
    """The figures of one post."""
    return _call(channel, "measure", lambda connector: connector.measure(remote_id))


def _call(channel: Channel, ability: str, step: Callable[[Any], T]) -> T | ConnectorError:
    try:
        with speaking(channel) as connector:
            if not can(connector, ability):
                return Refused(SAY_CANNOT, f"{channel.network} cannot {ability}")
            return kept(step(connector))
    except NotAllowed as error:
        health.ask_reconnection(channel, error)
        return error
    except ConnectorError as error:
        return error


def without_secrets(error: ConnectorError, secrets: dict[str, str]) -> ConnectorError:
    """The error within bounds, with every secret blotted out: a network may have repeated one in its answer."""
    error.detail, error.places = kept(error.detail), kept(error.places)
    for secret in filter(lambda value: len(value) > 3, secrets.values()):
        error.detail = error.detail.replace(secret, "•••")
        error.places = {name: place.replace(secret, "•••") for name, place in error.places.items()}
    error.args = (error.detail,)
    return error


def _keep(channel: Channel, connector: Any, before: dict[str, str]) -> None:
    """Stores the rate limit, and the tokens if the connector has renewed them while it worked."""
    if budget := last_budget(channel.pk):
        ours, columns = Channel.objects.kept().filter(pk=channel.pk), health.budget_columns(budget)
        surely(lambda: ours.update(**columns))
    if (now := dict(connector.account.secrets)) != before:
        surely(lambda: _keep_renewed(channel, seal(now)))


def _keep_renewed(channel: Channel, renewed: str) -> None:
    """Unless somebody has given new access while the call was under way: that one stays."""
    if Channel.objects.kept().spoken_with(channel).update(sealed_secrets=renewed):
        channel.sealed_secrets = renewed
