"""How people get in: only by invitation, or by single sign-on with an address that was invited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: accounts come from the first-run wizard and from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class InvitedOnlyByOidc(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on joins an existing person by e-mail; it makes no new ones."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
