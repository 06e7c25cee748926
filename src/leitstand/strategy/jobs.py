"""The timetable of strategy."""

from leitstand.strategy import read, review

__all__ = ["read", "review"]
