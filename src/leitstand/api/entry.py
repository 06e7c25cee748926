"""Who calls, and what they may: the guard before every door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from leitstand.api import tokens
from leitstand.core.errors import Declined
from leitstand.core.models import Person


class Bearer(HttpBearer):
    """A personal token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return tokens.check(token)


def caller(request: HttpRequest, scope: str, permission: str) -> Person:
    """The person behind the token. Declined (403) without the scope or the permission."""
    token = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    person: Person = token.person
    if scope not in token.scopes:
        raise Declined(_("This token lacks the scope “%(scope)s”.") % {"scope": scope}, status=403)
    if permission and not person.may(permission):
        raise Declined(_("You may not do this."), status=403)
    return person
