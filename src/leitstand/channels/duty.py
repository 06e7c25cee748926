"""What channels show on the board (D10), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels import queries
from leitstand.channels.models import Channel
from leitstand.core import jobs
from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person


def row(person: Person) -> Row:
    """Red: a channel is cut off or no worker runs. Amber: trouble, failed jobs, or no channel yet."""
    home = reverse("channels:channels")
    cut_off = Channel.objects.filter(state=Channel.State.RECONNECT).count()
    if cut_off:
        text = ngettext("%(n)d channel must be reconnected", "%(n)d channels must be reconnected", cut_off)
        return Row("red", text % {"n": cut_off}, _("Reconnect"), home)
    if not jobs.worker_is_alive():
        return Row("red", _("No worker is running: nothing is sent or read"), _("See the jobs"), reverse("core:jobs"))
    if failed := jobs.failed().count():
        text = ngettext("%(n)d job failed", "%(n)d jobs failed", failed) % {"n": failed}
        return Row("amber", text, _("See the jobs"), reverse("core:jobs"))
    if not Channel.objects.kept().exists():
        return Row("amber", _("No channel is connected"), _("Connect a channel"), reverse("channels:choose"))
    if troubled := Channel.objects.ready().exclude(trouble="").count():
        text = ngettext("%(n)d channel has trouble", "%(n)d channels have trouble", troubled) % {"n": troubled}
        return Row("amber", text, _("Look at it"), home)
    well = Channel.objects.ready().count()
    text = ngettext("%(n)d channel connected and healthy", "%(n)d channels connected and healthy", well) % {"n": well}
    return Row("green", text, _("See the channels"), home)


def today(person: Person) -> Iterator[Todo]:
    """Channels that must be reconnected, for those who can."""
    if person.may("channel.connect"):
        for channel in Channel.objects.filter(state=Channel.State.RECONNECT):
            url = reverse("channels:reconnect", args=[channel.pk])
            yield Todo(_("Reconnect %(channel)s") % {"channel": channel}, url, 2, channel.trouble_since, "plug")


def find(person: Person, words: str) -> Iterator[Hit]:
    for channel in queries.channels(person).filter(Q(name__icontains=words) | Q(handle__icontains=words))[:10]:
        yield Hit(str(channel), reverse("channels:channel", args=[channel.pk]), channel.handle)


register_row("D10", row)
register_today(today)
register_search(gettext_lazy("Channels"), find)
register_entries("D10", [Entry(gettext_lazy("Channels"), "channels:channels", "plug", "channel.view")])
