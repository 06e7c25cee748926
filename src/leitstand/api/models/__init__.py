"""Tables of the API."""

from leitstand.api.models.token import Token

__all__ = ["Token"]
