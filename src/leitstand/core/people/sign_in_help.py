"""What an administrator can do for a colleague who cannot sign in: a link for a new password, no second factor."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import event, record
from leitstand.core.models import Person
from leitstand.core.notify import filled, notify


@event("core.password_link_made", _("Link for a new password made"))
class PasswordLinkMade:
    person_id: int


@event("core.second_factor_removed", _("Second factor removed"))
class SecondFactorRemoved:
    person_id: int


def make_password_link(person: Person, by: Person) -> None:
    """Notes that a link was made, and vouches for the address. Declined for a closed account.

    `password_link` shows it; nothing secret is kept.
    """
    if not person.is_active:
        raise Declined(_("This account is closed. Open it again first."), status=409)
    with transaction.atomic():
        EmailAddress.objects.get_or_create(
            user=person, email=person.email, defaults={"primary": True, "verified": True}
        )
        record(PasswordLinkMade(person.pk), by)
        notify([person], filled(_("%(name)s made a link for a new password for you."), {"name": by}), level="warning")


def password_link(person: Person) -> str:
    """Works once: it dies with the next sign-in or the next password, and after PASSWORD_RESET_TIMEOUT seconds."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, token = key.split("-", 1)
    return f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', args=[uid, token])}"


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person).exists())


def remove_second_factor(person: Person, by: Person) -> None:
    """The password alone opens the account from now on. Declined where there is none to remove."""
    with transaction.atomic():
        gone, _kinds = Authenticator.objects.filter(user=person).delete()
        if not gone:
            raise Declined(_("%(name)s has no second factor.") % {"name": person}, status=409)
        record(SecondFactorRemoved(person.pk), by)
        title = filled(_("%(name)s removed your second factor. Set up a new one."), {"name": by})
        notify([person], title, url=reverse("mfa_index"), level="warning")
