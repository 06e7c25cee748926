"""Makes, checks and revokes personal tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.api.events import TokenMade, TokenRevoked
from leitstand.api.models import Token
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person

PREFIX = "ls_"


@transaction.atomic
def make(person: Person, name: str, scopes: Sequence[str]) -> tuple[Token, str]:
    """A token and its text, which is shown this once."""
    if not name.strip() or not scopes or not set(scopes) <= set(Token.Scope.values):
        raise Declined(_("Give the token a name and at least one scope."))
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person, name=name.strip()[:120], scopes=list(scopes), digest=_digest(text), hint=text[:8]
    )
    record(TokenMade(token.pk, token.name, token.scopes), person)
    return token, text


def check(text: str) -> Token | None:
    """The valid token of an active person; notes its use at most once a minute."""
    found = Token.objects.select_related("person").filter(digest=_digest(text), revoked_at=None).first()
    if found is None or not found.person.is_active:
        return None
    now = timezone.now()
    if found.used_at is None or now - found.used_at > timedelta(minutes=1):
        Token.objects.filter(pk=found.pk).update(used_at=now)
    return found


def visible(person: Person) -> QuerySet[Token]:
    """The valid tokens of a person, the own ones first; those of others only for who manages people."""
    standing = Token.objects.filter(revoked_at=None, person__is_active=True).select_related("person")
    found = standing if person.may("people.manage") else standing.filter(person=person)
    return found.order_by(Case(When(person=person, then=0), default=1), "person__name", "-created_at")


@transaction.atomic
def revoke(by: Person, token_id: int) -> None:
    """Ends a token the person sees; any other is not there."""
    if not visible(by).filter(pk=token_id).exists():
        raise Http404
    _end(Token.objects.filter(pk=token_id), by)


@transaction.atomic
def revoke_all(person_id: int, made_until: datetime, by: Person | None) -> None:
    """Ends all tokens of a person that were made by then."""
    _end(Token.objects.filter(person_id=person_id, created_at__lte=made_until), by)


def _end(tokens: QuerySet[Token], by: Person | None) -> None:
    for token in tokens.filter(revoked_at=None).select_for_update():
        Token.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
        record(TokenRevoked(token.pk), by)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
