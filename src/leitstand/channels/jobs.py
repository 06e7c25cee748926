"""The timetable of channels."""

from leitstand.channels import check

__all__ = ["check"]
