"""Makes a channel: what was typed is checked with the network before anything is saved.

The same account twice is one channel: its access is renewed instead. A form sent twice (`ticket`) is one channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from leitstand.channels.access import ask_network, columns_of
from leitstand.channels.events import ChannelConnected, ChannelReconnected
from leitstand.channels.health import NO_TROUBLE
from leitstand.channels.locks import one_at_a_time
from leitstand.channels.models import Channel
from leitstand.connectors.protocol import Connected
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.secrets.vault import keys_kept


def connect(slug: str, answers: Mapping[str, str], by: Person, ticket: UUID | None = None) -> Channel:
    """The channel, connected and checked. Declined: unknown network, a field is empty, or access refused."""
    with one_at_a_time(str(ticket)) if ticket else nullcontext():
        if ticket and (made := Channel.objects.filter(ticket=ticket).first()):
            return made
        return _save(slug, ask_network(slug, answers), dict(answers), by, ticket)


def adopt(slug: str, found: Connected, by: Person) -> Channel:
    """The channel of an account whose access the caller has opened itself, without asking the network."""
    return _save(slug, found, {}, by, None)


def is_known(slug: str, remote_id: str, address: str) -> Channel | None:
    """The channel that is connected to this account already."""
    same = Channel.objects.kept().filter(network=slug, remote_id=remote_id, address=address)
    return same.first()


@keys_kept()
def _save(slug: str, found: Connected, answers: dict[str, str], by: Person, ticket: UUID | None) -> Channel:
    columns = columns_of(slug, found, answers)
    try:
        with transaction.atomic():
            channel = Channel.objects.create(network=slug, ticket=ticket, **columns)
            record(ChannelConnected(channel.pk), by)
    except IntegrityError as error:
        known = is_known(slug, found.account.remote_id, found.account.address)
        if known is None:
            raise Declined(_("This account is connected already."), found.account.handle) from error
        return renew(known, columns, by)
    return channel


@transaction.atomic
def renew(channel: Channel, columns: Mapping[str, object], by: Person) -> Channel:
    """New access for a channel: number, queue and history stay. A paused channel stays paused.

    Declined: it was disconnected, perhaps while the network was asked.
    """
    locked = Channel.objects.select_for_update().get(pk=channel.pk)
    refuse_gone(locked)
    state = {} if locked.state == Channel.State.PAUSED else {"state": Channel.State.READY}
    Channel.objects.filter(pk=channel.pk).update(**columns, **NO_TROUBLE, **state, warned_days=None)
    record(ChannelReconnected(channel.pk), by)
    return Channel.objects.get(pk=channel.pk)


def refuse_gone(channel: Channel) -> None:
    if channel.is_gone:
        raise Declined(_("This channel was disconnected. Connect the account anew."))
