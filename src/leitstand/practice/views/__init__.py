"""Doors of the practice network: `api` for software, `pages` for people."""
