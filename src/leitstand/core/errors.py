"""The one type of expected failure, with two voices.

`say` is what the person reads (translated text), `detail` what the operator reads. `hints` are
short lines shown below, for example the findings of a gate. The middleware turns it into a page
or an htmx partial with that status; the API into JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import JsonResponse
from django.utils.functional import Promise

Text = str | Promise


class Declined(Exception):
    """A step did not happen, nothing was changed, and the person can do something about it."""

    def __init__(self, say: Text, detail: str = "", hints: Sequence[Text] = (), status: int = 422) -> None:
        super().__init__(detail or str(say))
        self.say = say
        self.detail = detail or str(say)
        self.hints = tuple(hints)
        self.status = status


def in_json(status: int, say: Text, hints: Iterable[Text] = ()) -> JsonResponse:
    """The shape of every refusal to a program."""
    return JsonResponse({"error": str(say), "hints": [str(hint) for hint in hints]}, status=status)


class NotYet(Declined):
    """It did not happen now and may later: a job tries again, a person may, too."""
