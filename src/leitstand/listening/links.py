"""Addresses as feeds, lists and people write them. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

USUAL_PORT = re.compile(r":(80|443)$")
# What tells the site where a reader came from: it leads to the same page.
FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id", re.IGNORECASE)
SCHEME = re.compile(r"(?:feed:(?://)?(?=https?:))?(https?|feed)://", re.IGNORECASE)
SINGLE_POST = re.compile(r"[^=]*\d")
LONGEST = 1_000


def web_address(typed: str) -> str:
    """The address a reader asks: its scheme in small letters, "feed:" put away. What names no scheme stays bare.

    "feed://" is "http://" for programs that read feeds (https://datatracker.ietf.org/doc/html/draft-obasanjo-feed-URI).
    """
    typed = typed.strip()
    found = SCHEME.match(typed)
    if not found:
        return typed
    scheme = found[1].lower().replace("feed", "http")
    return f"{scheme}://{typed[found.end() :]}"


def page_of(url: str) -> str:
    """What two spellings of a link have in common: for comparing, not for opening, and so cut where it is too long.

    Without scheme, "www.", usual port, last slash, following and fragment. A fragment that ends in a number stays:
    forums name each post of a page so, and one post must not be taken for the other.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a feed may write anything
        return url[:LONGEST]
    host = USUAL_PORT.sub("", parts.netloc.lower()).removeprefix("www.")
    kept = [piece for piece in parts.query.split("&") if piece and not FOLLOWING.fullmatch(piece.partition("=")[0])]
    query = f"?{'&'.join(kept)}" if kept else ""
    post = f"#{parts.fragment}" if SINGLE_POST.fullmatch(parts.fragment) else ""
    return f"{host}{parts.path.rstrip('/')}{query}{post}"[:LONGEST]  # small letters may be more than the great ones
