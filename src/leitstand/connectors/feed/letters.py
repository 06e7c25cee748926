"""The bytes of a feed as a parser of XML wants them: in UTF-8, with numbers for the letters HTML has names for."""

from __future__ import annotations

import codecs
import re
from html.entities import name2codepoint

DECLARATION = re.compile(rb"\s*<\?xml\b[^<>]{0,200}>")
CHARSET = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ONE_BYTE_A_LETTER = ("iso8859-", "cp125", "koi8-")
KNOWN = {name.encode(): number for name, number in name2codepoint.items() if name not in ("amp", "lt", "gt", "quot")}
NAME = rb"&([A-Za-z][A-Za-z0-9]{1,9});"
# Comments and CDATA with their end, or up to that of the document.
COMMENT = rb"<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->)?"
CDATA = rb"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>)?"
NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
PIECE = re.compile(b"|".join((COMMENT, CDATA, NAME)))


def in_utf8(body: bytes, content_type: str = "") -> bytes:
    """The document in UTF-8 without a declaration, if it is in a charset of one byte a letter; else as it is.

    Names in comments and CDATA are left alone, and so are those that XML knows itself.
    """
    text = _decoded(body, content_type)
    return PIECE.sub(_numbered, text) if NAMED.search(text) else text


def _decoded(body: bytes, content_type: str) -> bytes:
    """What can be read as UTF-8 is UTF-8, whatever a server says: other text hardly ever can."""
    declaration = DECLARATION.match(body)
    told = declaration[0].decode(errors="replace") if declaration else ""
    codec = _codec(CHARSET.search(told) or CHARSET.search(content_type))
    if not codec or body.startswith(WIDE):
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        body = body.decode(codec, "replace").encode()
    return DECLARATION.sub(b"", body, count=1) if declaration else body


def _codec(charset: re.Match[str] | None) -> str:
    """Latin-1 is read as Windows does, as by browsers: https://encoding.spec.whatwg.org/#names-and-labels"""
    try:
        name = codecs.lookup(charset[1]).name if charset else ""
    except LookupError:
        return ""
    return "cp1252" if name == "iso8859-1" else name if name.startswith(ONE_BYTE_A_LETTER) else ""


def _numbered(piece: re.Match[bytes]) -> bytes:
    number = KNOWN.get(piece[1] or b"")
    return b"&#%d;" % number if number else piece[0]
