"""Leitstand: the role of the social media manager as running software."""
