"""Asks at the REST door of a blog with our application password."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import httpx

from leitstand.connectors import http
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused
from leitstand.connectors.outcomes import SAY_REFUSED
from leitstand.connectors.protocol import Account
from leitstand.connectors.wordpress import parse

# Said with 403 of one post, comment or question, while our access is fine: comments are closed, the post is a draft or
# gone, who may write nothing may not ask by author
# https://github.com/WordPress/WordPress/tree/master/wp-includes/rest-api/endpoints (class-wp-rest-comments-controller)
OF_ONE_THING = ("rest_comment_", "rest_cannot_", "rest_forbidden_param")
# The user may not write, or not publish, any post (class-wp-rest-posts-controller)
OF_THE_USER = ("rest_cannot_create", "rest_cannot_publish")
SAY_FIREWALL = "The site refused this; perhaps a firewall of the site did: {reason}"


def ask(
    wire: httpx.Client, account: Account, method: str, path: str, query: Mapping[str, str] | None = None, **options: Any
) -> httpx.Response:
    """One request, as `http.ask`; what is refused because of one post or comment says nothing of our access.

    Neither does a 403 that bears no code of WordPress: it comes from something before it, and WordPress was not asked.
    """
    secrets = account.secrets
    pair = base64.b64encode(f"{secrets.get('user', '')}:{secrets.get('password', '')}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}", **options.pop("headers", {})}
    try:
        return http.ask(wire, method, parse.route(account.address, path, query or {}), headers=headers, **options)
    except NotAllowed as error:
        if error.status == 403 and not error.code:
            raise refusal(error, SAY_FIREWALL) from error
        if error.status != 403 or not error.code.startswith(OF_ONE_THING) or error.code in OF_THE_USER:
            raise
        raise refusal(error) from error


def refusal(error: ConnectorError, say: str = SAY_REFUSED) -> Refused:
    """What the blog said, as a final no."""
    refused = Refused(say, error.detail, reason=error.detail.partition(": ")[2])
    refused.status, refused.code = error.status, error.code
    return refused
