"""Makes a channel: what was typed is checked with the network before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from leitstand.channels import calls
from leitstand.channels.events import ChannelConnected, ChannelReconnected
from leitstand.channels.models import Channel
from leitstand.connectors import registry
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Connected
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.vault import seal


def connect(slug: str, answers: Mapping[str, str], by: Person) -> Channel:
    """The new channel. Declined: unknown network, access refused, or connected already."""
    found = _ask(slug, answers)
    try:
        with transaction.atomic():
            channel = Channel.objects.create(network=slug, **_columns(found))
            record(ChannelConnected(channel.pk), by)
    except IntegrityError as error:
        raise Declined(_("This account is connected already."), found.account.handle) from error
    return channel


@transaction.atomic
def reconnect(channel: Channel, answers: Mapping[str, str], by: Person) -> Channel:
    """New access for the same account: number, queue and history stay. Declined for another account."""
    found = _ask(channel.network, answers)
    if found.account.remote_id != channel.remote_id or found.account.address != channel.address:
        raise Declined(
            _("This is another account (%(other)s). Connect it as a new channel.") % {"other": found.account.handle}
        )
    columns = _columns(found) | {
        "state": Channel.State.READY,
        "trouble": "",
        "trouble_detail": "",
        "trouble_since": None,
    }
    Channel.objects.filter(pk=channel.pk).update(**columns)
    record(ChannelReconnected(channel.pk), by)
    return Channel.objects.get(pk=channel.pk)


def _ask(slug: str, answers: Mapping[str, str]) -> Connected:
    try:
        kind = registry.connector(slug)
    except KeyError as error:
        raise Declined(_("This network is not known here."), slug, status=404) from error
    _check_filled(slug, answers)
    complete = dict(answers) | ({} if kind.network.user_given_host else {"address": f"{settings.PUBLIC_URL}/{slug}"})
    try:
        with calls.wire_for() as wire:
            found: Connected = kind.connect(wire, complete)  # type: ignore[attr-defined]
    except ConnectorError as error:
        raise Declined(_(error.say).format_map(error.places), error.detail) from error
    return found


def _check_filled(slug: str, answers: Mapping[str, str]) -> None:
    missing = [
        field for field in registry.network(slug).fields if field.required and not answers.get(field.name, "").strip()
    ]
    if missing:
        names = ", ".join(str(_(field.label)) for field in missing)
        raise Declined(_("Please fill in: %(names)s") % {"names": names})


def _columns(found: Connected) -> dict[str, object]:
    account = found.account
    return {
        "handle": account.handle[:200],
        "name": found.display_name[:200],
        "address": account.address,
        "remote_id": account.remote_id,
        "profile_url": found.profile_url[:500],
        "sealed_secrets": seal(account.secrets),
        "may_publish": found.may_publish,
        "may_read_replies": found.may_read_replies,
        "expires_at": found.expires_at,
        "followers": found.followers,
    }
