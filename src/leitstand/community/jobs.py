"""The timetable of the community: importing the steps puts their jobs on it."""

from leitstand.community import recognise, send, settle

__all__ = ["recognise", "send", "settle"]
