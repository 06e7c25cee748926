"""Leitstand: the role of the social media manager as running software."""

__version__ = "0.1.0"
