"""Tokens end with what they stood on: the account that was closed, the password that was changed."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.utils import timezone

from leitstand.api import tokens
from leitstand.core.events import reaction
from leitstand.core.models import DiaryEntry, Person
from leitstand.core.people.membership import PersonLeft


@reaction(PersonLeft)
def revoke_with_the_account(happened: PersonLeft, entry: DiaryEntry) -> None:
    """For good: opening the account again brings none of them back."""
    tokens.revoke_all(happened.person_id, entry.at, entry.actor)


@receiver([password_changed, password_reset, password_set])
def revoke_with_the_password(user: Person, **_facts: Any) -> None:
    """Whoever fears for the password wants the programs out, too."""
    tokens.revoke_all(user.pk, timezone.now(), user)
