"""The timetable of publishing: importing the steps puts their jobs and ticks on it."""

from leitstand.publishing import measure, publish

__all__ = ["measure", "publish"]
