"""Looks at what stands before the first element of an XML document: only there can entities be declared.

Linear in the length of the document, whatever stands in it: comments and instructions are stepped over, not
matched by a pattern that could be made to go back.
"""

from __future__ import annotations

import re

# An instruction or a comment may hide what follows: begin and end.
HIDES = ((b"<!--", b"-->"), (b"<?", b"?>"))
DECLARES = re.compile(rb"<!\s*(ENTITY|DOCTYPE[^>]{0,2000}\[)", re.IGNORECASE)
ELEMENT = re.compile(rb"<[A-Za-z_:]")


def declares_entities(document: bytes) -> bool:
    """Whether the document brings entities of its own, as bombs do. UTF-16 is read as well."""
    text, at = document.replace(b"\x00", b""), 0
    while (at := text.find(b"<", at)) >= 0 and not ELEMENT.match(text, at):
        if DECLARES.match(text, at):
            return True
        end = next((end for begin, end in HIDES if text.startswith(begin, at)), b">")
        at = text.find(end, at + 1)
        if at < 0:
            return False
    return False
