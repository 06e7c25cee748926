"""The job-description board: one row per duty, with who answers for it, its state, its figure, the next step."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leitstand.core.duties import DUTIES, ROWS, Duty, Row
from leitstand.core.errors import Text
from leitstand.core.models import DutyHolder, Person
from leitstand.core.people.holders import holders

TO_COME: dict[str, Text] = {
    "D1": _("goals with readings, forecast and review"),
    "D2": _("finding, scoring and reading newsfeeds"),
    "D3": _("which audience uses which channel, from studies and own figures"),
    "D4": _("campaigns and sales, traced back to posts and goals"),
    "D5": _("launch plans counted from launch day"),
    "D6": _("rules, guideline and approvals"),
    "D7": _("alarm, playbook and drills"),
    "D8": _("one inbox with response clocks"),
    "D9": _("writing, approving and publishing posts"),
    "D10": _("connections and their health"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board. `row` is None where the room is not built; then `to_come` says what is missing."""

    duty: Duty
    row: Row | None
    to_come: Text
    accountable: Person | None
    deputy: Person | None

    @property
    def lamp(self) -> str:
        """Nobody accountable is "vacant"; but what is red stays red, whoever is missing."""
        if self.row is None:
            return "grey" if self.accountable else "vacant"
        return "vacant" if self.accountable is None and self.row.state != "red" else self.row.state


def lines(person: Person) -> list[Line]:
    """The ten duties in order, as this person sees them."""
    known = holders()
    return [_line(duty, known.get(duty.code), person) for duty in DUTIES]


def _line(duty: Duty, holder: DutyHolder | None, person: Person) -> Line:
    row = ROWS.get(duty.code)
    return Line(
        duty=duty,
        row=row(person) if row else None,
        to_come=TO_COME[duty.code],
        accountable=holder.accountable if holder else None,
        deputy=holder.deputy if holder else None,
    )
