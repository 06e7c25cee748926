"""The practice network: built into Leitstand, needs no key, has an audience of its own.

A network like any other, reached over HTTP (`/practice/api/v1`), so that everything can be tried for real. It comes in
four kinds with limits of their own, so that one post can be seen in several shapes.
Oddities: none on purpose. It honours the key of a sending and lets one look it up.

`facts` is the network as data, `connector` speaks.
"""

from leitstand.connectors.practice.connector import Practice, PracticeBlog, PracticePhoto, PracticeShort

__all__ = ["Practice", "PracticeBlog", "PracticePhoto", "PracticeShort"]
