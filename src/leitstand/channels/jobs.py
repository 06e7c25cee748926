"""The timetable of channels: `check.check_all` every five minutes, `check.forget_checks` each night."""

from leitstand.channels import check

__all__ = ["check"]
