"""Where a change leads back to: the inbox with the filters it was left with.

A conversation opened from the inbox carries its filters along as the field `inbox`. Only a query is carried, never an
address: it cannot lead anywhere but into the inbox.
"""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from leitstand.core.pages import PersonRequest, posted


def filters(request: PersonRequest) -> str:
    """The query of the inbox this conversation was opened from; empty where it was opened from elsewhere."""
    return QueryDict((posted(request) or request.GET).get("inbox", "")).urlencode()


def to_inbox(request: PersonRequest) -> str:
    return _with_query(reverse("community:inbox"), filters(request))


def to_conversation(request: PersonRequest, conversation_id: int) -> str:
    carried = filters(request)
    address = reverse("community:conversation", args=[conversation_id])
    return _with_query(address, urlencode({"inbox": carried}) if carried else "")


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
