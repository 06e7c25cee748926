"""The timetable of the community: importing the steps puts their jobs on it."""

from leitstand.community import answer, settle

__all__ = ["answer", "settle"]
