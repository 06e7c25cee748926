"""The timetable of listening."""

from leitstand.listening import add, collect, read, search

__all__ = ["add", "collect", "read", "search"]
