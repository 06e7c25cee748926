"""What is wrong with the machine: the board shows the worst of it, Today all of it, worst first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitstand.core import jobs
from leitstand.core.clock import local
from leitstand.core.duties import State
from leitstand.core.errors import Text
from leitstand.core.machine import backups, space


@dataclass(frozen=True, slots=True)
class Trouble:
    """`figure` and `next_step` stand on the board, `todo` on Today."""

    state: State
    figure: Text
    next_step: Text
    todo: Text
    icon: str

    @property
    def urgency(self) -> int:
        """At once what stands still, today what will."""
        return 2 if self.state == "red" else 1


def troubles() -> Iterator[Trouble]:
    if not jobs.worker_is_alive():
        todo = _("No worker is running: nothing is published or read")
        yield Trouble("red", _("No worker is running"), _("See what waits"), todo, "server-off")
    if (room := space.state()) != "ok":
        figure = _("Disk space: %(free)s left") % {"free": filesizeformat(space.free())}
        todo = _("Free some disk space: %(free)s left") % {"free": filesizeformat(space.free())}
        yield Trouble("red" if room == "full" else "amber", figure, _("Free some space"), todo, "database-exclamation")
    if backups.is_overdue():
        yield Trouble("amber", _last_backup(), _("Make a backup"), _last_backup(), "database-export")
    if given_up := jobs.failed().count():
        figure = ngettext("%(n)d job failed", "%(n)d jobs failed", given_up) % {"n": given_up}
        yield Trouble("amber", figure, _("Look at the reasons"), figure, "alert-triangle")


def _last_backup() -> str:
    made = backups.last()
    return _("Last backup: %(day)s") % {"day": date_format(local(made))} if made else _("No backup was made yet")
