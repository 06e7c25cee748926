"""The timetable of listening."""

from leitstand.listening import add, collect, read

__all__ = ["add", "collect", "read"]
