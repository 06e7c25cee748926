"""Times as people type them: the company's wall clock, with the hour that is missing and the hour that comes twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from leitstand.core.clock import LocalTime, local, local_to_utc
from leitstand.core.errors import Declined


class ComesTwice(Declined):
    """The clocks go back at that hour: the person must say which of the two is meant."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("This hour comes twice that night, because the clocks go back. Choose the first or the second."), typed
        )


def read_when(data: Mapping[str, str]) -> datetime:
    """The UTC moment of the fields `day`, `time` and, where the hour comes twice, `fold` ("first" or "second").

    Declined: nothing readable, or an hour that the clocks skip.
    """
    typed = f"{data.get('day', '')}T{data.get('time', '')}"
    try:
        found = local_to_utc(datetime.fromisoformat(typed).replace(tzinfo=None))
    except (ValueError, OverflowError) as error:
        raise Declined(_("Choose a day and a time."), typed) from error
    return _one_of(found, typed, data.get("fold", ""))


def exact(given: datetime) -> datetime:
    """The UTC moment, without an offset by the company's clock. Declined in an hour that is missing or comes twice."""
    try:
        if given.tzinfo:
            return given.astimezone(UTC)
        return _one_of(local_to_utc(given), given.isoformat(), "")
    except ComesTwice as twice:
        twice.hints = tuple(local(moment).isoformat() for moment in _both(given))
        raise
    except OverflowError as error:
        raise Declined(_("Choose a day and a time."), given.isoformat()) from error


def _both(given: datetime) -> tuple[datetime, ...]:
    found = local_to_utc(given)
    return (found.utc, found.second) if found.second else (found.utc,)


def _one_of(found: LocalTime, typed: str, fold: str) -> datetime:
    if found.kind == "skipped":
        hint = _("Choose %(time)s, for example.") % {"time": f"{local(found.utc):%H:%M}"}
        raise Declined(_("This hour does not exist that day, because the clocks go forward."), typed, hints=[hint])
    if found.second is None:
        return found.utc
    if fold not in ("first", "second"):
        raise ComesTwice(typed)
    return found.utc if fold == "first" else found.second


def moment_of(text: str) -> LocalTime:
    """What an ISO text means: with an offset exactly that moment, without one the company's wall clock.

    Raises ValueError or OverflowError for what is no time.
    """
    given = datetime.fromisoformat(text)
    return LocalTime(given.astimezone(UTC)) if given.tzinfo else local_to_utc(given)
