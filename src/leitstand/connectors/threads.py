"""Sends the further posts of a thread, one below the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from leitstand.connectors.errors import ConnectorError, Unsure

SAY_TORN = "The network took the beginning of the thread but not all of it."
T = TypeVar("T")


def continued(first: T, texts: Sequence[str], send: Callable[[int, str, T], T]) -> list[T]:
    """The parts after the first: `send` gets the number, the text and the part above.

    The first post is out, so a failure here is never "nothing happened": it is Unsure, and the look-up finds what is
    there.
    """
    parts: list[T] = []
    for number, text in enumerate(texts, 1):
        try:
            parts.append(send(number, text, parts[-1] if parts else first))
        except ConnectorError as error:
            raise Unsure(SAY_TORN, f"part {number + 1} of {len(texts) + 1}: {error.detail}") from error
    return parts
