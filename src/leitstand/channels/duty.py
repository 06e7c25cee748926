"""What channels show on the board (D10), on Today, in the navigation and the search.

Worker and jobs have their own row in `core`; the board shows the worse of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels import queries
from leitstand.channels.light import ends_soon
from leitstand.channels.models import Channel
from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person


def row(person: Person) -> Row:
    """Red: a channel is cut off. Amber: trouble, access about to end, or no channel yet."""
    home = reverse("channels:channels")
    mend = _("Reconnect") if person.may("channel.connect") else _("Look at it")
    if cut_off := _cut_off().count():
        text = ngettext("%(n)d channel must be reconnected", "%(n)d channels must be reconnected", cut_off)
        return Row("red", text % {"n": cut_off}, mend, home)
    if not Channel.objects.kept().exists():
        may = person.may("channel.connect")
        return Row(
            "amber",
            _("No channel is connected"),
            _("Connect a channel") if may else "",
            reverse("channels:choose") if may else "",
        )
    if troubled := Channel.objects.ready().exclude(trouble="").count():
        text = ngettext("%(n)d channel has trouble", "%(n)d channels have trouble", troubled) % {"n": troubled}
        return Row("amber", text, _("Look at it"), home)
    if ending := len(_ending()):
        text = ngettext("Access to %(n)d channel ends soon", "Access to %(n)d channels ends soon", ending)
        return Row("amber", text % {"n": ending}, mend, home)
    well = Channel.objects.ready().count()
    text = ngettext("%(n)d channel is healthy", "%(n)d channels are healthy", well) % {"n": well}
    return Row("green", _("%(channels)s, no job failed") % {"channels": text}, _("See the channels"), home)


def today(person: Person) -> Iterator[Todo]:
    """Channels that must be reconnected, have lasting trouble, or end soon; for those who can do something."""
    if not person.may("channel.connect"):
        return
    for channel in _cut_off():
        url = reverse("channels:reconnect", args=[channel.pk])
        yield Todo(_("Reconnect %(channel)s") % {"channel": channel}, url, 2, channel.trouble_since, "plug-off")
    for channel in Channel.objects.ready().filter(trouble_told=True):
        url = reverse("channels:channel", args=[channel.pk])
        yield Todo(_("%(channel)s has trouble") % {"channel": channel}, url, 1, channel.trouble_since, "plug")
    for channel in _ending():
        url = reverse("channels:reconnect", args=[channel.pk])
        yield Todo(_("Access to %(channel)s ends soon") % {"channel": channel}, url, 1, channel.expires_at, "clock")


def find(person: Person, words: str) -> Iterator[Hit]:
    """Channels by name, handle or network."""
    wanted = Q(name__icontains=words) | Q(handle__icontains=words) | Q(network__icontains=words)
    for channel in queries.channels(person).filter(wanted)[:10]:
        yield Hit(str(channel), reverse("channels:channel", args=[channel.pk]), channel.handle, channel.connected_at)


def _cut_off() -> QuerySet[Channel]:
    return Channel.objects.filter(state=Channel.State.RECONNECT)


def _ending() -> list[Channel]:
    soon = Channel.objects.ready().filter(expires_at__lt=timezone.now() + timedelta(days=14))
    return [channel for channel in soon if ends_soon(channel)]


def _to_reconnect(person: Person) -> int:
    return _cut_off().count()


register_row("D10", row)
register_today(today)
register_search(gettext_lazy("Channels"), find)
register_entries("D10", [Entry(gettext_lazy("Channels"), "channels:channels", "plug", "channel.view", _to_reconnect)])
