"""How people get in: only by invitation, with its link or by single sign-on with the address that was invited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.people import membership

ASK_FOR_ONE = _("Whoever runs Leitstand can set one: LEITSTAND_MAIL_HOST.")


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth tells no types
    """Nobody signs up by themselves: accounts come from the first-run wizard and from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sent here and now: its link is a secret, which must not wait in a queue. Declined without a mail server."""
        if not settings.EMAIL_HOST:
            raise Declined(_("No mail server is set, so no mail was sent."), hints=[ASK_FOR_ONE], status=503)
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # what smtplib raises is one, too
            say = _("The mail server cannot be reached, so no mail was sent. Try again in five minutes.")
            raise Declined(say, f"mail server: {error}", status=503) from error

    def format_email_subject(self, subject: str) -> str:
        """Without the name of the host before it, which is whatever the browser said."""
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Below the address in the settings: a forged Host header must not lead the link elsewhere."""
        uid, token = key.split("-", 1)
        return f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', args=[uid, token])}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return f"{settings.PUBLIC_URL}{reverse('account_confirm_email', args=[emailconfirmation.key])}"


class InvitedOnlyByOidc(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth tells no types
    """Single sign-on finds the person, or the open invitation, of an address the server vouches for."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever was invited and is not here yet joins now."""
        known = sociallogin.is_existing or request.user.is_authenticated
        vouched = [] if known else [address.email for address in sociallogin.email_addresses if address.verified]
        joined = (membership.join_vouched(email, _name(sociallogin)) for email in vouched)
        if person := next(filter(None, joined), None):
            sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def _name(sociallogin: Any) -> str:
    """The full name as the server knows it; allauth keeps it for user models that have two names only."""
    told: dict[str, Any] = sociallogin.account.get_provider_account().get_user_data() or {}
    return str(told.get("name") or "")
